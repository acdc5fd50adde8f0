import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page, type Worker } from 'playwright-core';
import { ensureBrowsers } from '../../tools/ensure-browsers.ts';
import type { BrowserOptions } from './browser-driver.ts';
import { findProcess, killTree, memoryOfTree, type ProcessMemory } from './processes.ts';
import { openProfile } from './profile.ts';
import { waitUntil } from './wait-until.ts';

export type ChromiumOptions = BrowserOptions & { readonly extraArgs?: readonly string[] };
export type Chromium = {
  readonly context: BrowserContext;
  readonly pid: number;
  readonly profileDir: string;
  readonly downloadsDir: string;
  /** Empty without an extension. */
  readonly extensionId: string;
  readonly newPage: () => Promise<Page>;
  /** Opens chrome-extension://ID/path in a tab. */
  readonly extensionPage: (path: string) => Promise<Page>;
  /** The extension's background, with all extension APIs; waits until it has started. */
  readonly serviceWorker: () => Promise<Worker>;
  readonly stopServiceWorkers: () => Promise<void>;
  readonly memory: () => ProcessMemory[];
  /** Kills every process of the browser; the profile stays. */
  readonly kill9: () => Promise<void>;
  /** Closes the browser; the profile is deleted when this launch made it. */
  readonly close: () => Promise<void>;
};

const QUIET_ARGS = [
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-gpu',
];

/** Starts Chromium with a real profile, real downloads and, if one is given, an unpacked extension. */
export async function launchChromium(options: ChromiumOptions = {}): Promise<Chromium> {
  const { isHeadless = true, extensionDir, trusts, namesOfThisMachine = [] } = options;
  const { chromium: executablePath } = await ensureBrowsers(['chromium']);
  const profile = openProfile(options.profileDir);
  const profileDir = profile.dir;
  const downloadsDir = join(profileDir, 'Downloads');
  preferDownloadsIn(downloadsDir, profileDir);
  const context = await chromium.launchPersistentContext(profileDir, {
    executablePath: executablePath ?? '',
    headless: isHeadless,
    viewport: null,
    ignoreDefaultArgs: ['--disable-extensions'],
    args: [
      ...QUIET_ARGS,
      ...(isHeadless ? ['--headless=new'] : []),
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), // Chromium refuses to sandbox itself as root
      ...(extensionDir ? [`--disable-extensions-except=${extensionDir}`, `--load-extension=${extensionDir}`] : []),
      ...(trusts ? [`--ignore-certificate-errors-spki-list=${trusts.certificate.keySha256}`] : []),
      ...(namesOfThisMachine.length > 0 ? [`--host-resolver-rules=${rulesFor(namesOfThisMachine)}`] : []),
      ...(options.extraArgs ?? []),
    ],
  });
  const pid = findProcess(`--user-data-dir=${profileDir}`);
  if (pid === null) throw new Error(`Chromium runs, but no process names ${profileDir}`);
  await letDownloadsBeReal(context);
  const extensionId = extensionDir ? extensionIdOf(extensionDir) : '';
  const closed = new Promise<void>((resolve) => context.once('close', () => resolve()));
  const newPage = () => context.newPage();
  const kill9 = async () => {
    killTree(pid);
    await closed;
    await waitUntil(() => !existsSync(`/proc/${pid}`), { what: 'Chromium to be gone' });
  };
  return {
    context,
    pid,
    profileDir,
    downloadsDir,
    extensionId,
    newPage,
    extensionPage: async (path) => {
      const page = await newPage();
      await page.goto(`chrome-extension://${extensionId}/${path}`);
      return page;
    },
    serviceWorker: async () => {
      const isOurs = (worker: Worker) => worker.url().startsWith(`chrome-extension://${extensionId}/`);
      const running = context.serviceWorkers().find(isOurs);
      return running ?? context.waitForEvent('serviceworker', { predicate: isOurs, timeout: 10_000 });
    },
    stopServiceWorkers: () => stopServiceWorkers(context),
    memory: () => memoryOfTree(pid),
    kill9,
    close: async () => {
      if (profile.isOurs) await kill9();
      else await context.close();
      profile.discard();
    },
  };
}

const rulesFor = (names: readonly string[]): string => names.map((name) => `MAP ${name} 127.0.0.1`).join(', ');

/** Must be written before the start: Chromium writes this file itself while it runs. */
function preferDownloadsIn(downloadsDir: string, profileDir: string): void {
  mkdirSync(downloadsDir, { recursive: true });
  mkdirSync(join(profileDir, 'Default'), { recursive: true });
  const file = join(profileDir, 'Default', 'Preferences');
  const preferences = readJson(file) ?? {};
  const download = { default_directory: downloadsDir, prompt_for_download: false, directory_upgrade: true };
  writeFileSync(file, JSON.stringify({ ...preferences, download: { ...asRecord(preferences.download), ...download } }));
}

/** Undoes what Playwright does to downloads: a folder of its own, with GUIDs for names. */
async function letDownloadsBeReal(context: BrowserContext): Promise<void> {
  const page = context.pages()[0] ?? (await context.newPage());
  const session = await context.newCDPSession(page);
  await session.send('Browser.setDownloadBehavior', { behavior: 'default' });
  await session.detach();
}

/** @see https://chromedevtools.github.io/devtools-protocol/tot/ServiceWorker/#method-stopAllWorkers */
async function stopServiceWorkers(context: BrowserContext): Promise<void> {
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('ServiceWorker.enable');
  await session.send('ServiceWorker.stopAllWorkers');
  await page.close();
}

/**
 * The ID that Chromium gives an unpacked extension: from its `key`, or else from where it lies.
 * @see https://developer.chrome.com/docs/extensions/reference/manifest/key
 */
function extensionIdOf(extensionDir: string): string {
  const { key } = readJson(join(extensionDir, 'manifest.json')) ?? {};
  const identity = typeof key === 'string' ? Buffer.from(key, 'base64') : Buffer.from(realpathSync(extensionDir));
  const hex = createHash('sha256').update(identity).digest('hex').slice(0, 32);
  return hex.replace(/./g, (digit) => String.fromCharCode('a'.charCodeAt(0) + Number.parseInt(digit, 16)));
}

function readJson(file: string): Record<string, unknown> | null {
  try {
    return asRecord(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null;
  }
}

const asRecord = (value: unknown) =>
  (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
