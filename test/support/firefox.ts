import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ensureBrowsers } from '../../tools/ensure-browsers.ts';
import type { BrowserOptions } from './browser-driver.ts';
import { firefoxUserJs } from './firefox-preferences.ts';
import { makeXpi } from './make-xpi.ts';
import { Marionette, MarionetteSilence } from './marionette.ts';
import { type PageFunction, pageExpression, readPageOutcome } from './page-script.ts';
import { killTree, memoryOfTree, type ProcessMemory } from './processes.ts';
import { openProfile } from './profile.ts';
import { waitUntil } from './wait-until.ts';

export type Firefox = {
  readonly marionette: Marionette;
  readonly pid: number;
  readonly profileDir: string;
  readonly downloadsDir: string;
  /** `moz-extension://HOST`; the host is the same in every profile. */
  readonly extensionOrigin: string;
  /** Runs a function in the tab in front. */
  readonly exec: <Args extends readonly unknown[], Result>(
    fn: PageFunction<Args, Result>,
    ...args: Args
  ) => Promise<Result>;
  /** Runs a function with all privileges in the browser's own window: `Services`, `gBrowser`, `ChromeUtils`. */
  readonly execChrome: <Args extends readonly unknown[], Result>(
    fn: PageFunction<Args, Result>,
    ...args: Args
  ) => Promise<Result>;
  readonly memory: () => ProcessMemory[];
  /** Kills every process of the browser; the profile stays. */
  readonly kill9: () => Promise<void>;
  /** Closes the browser; the profile is deleted when this launch made it. */
  readonly close: () => Promise<void>;
};

const EXTENSION_HOST = '11111111-2222-4333-8444-555555555555';
const SCRIPT_TIMEOUT_MS = 120_000;
/** As long as a page may take to load before its test is told so. */
const PAGE_TIMEOUT_MS = 60_000;
const QUIT_TIMEOUT_MS = 10_000;
/** A start takes 3 s, and 10 s beside others on two cores. */
const STARTS_WITHIN_MS = 40_000;

/**
 * Starts Firefox with a real profile, real downloads and, if one is given, an extension that stays installed in the
 * profile. A profile that has it already is left as it is: to install it again would be an update, not a restart.
 */
export async function launchFirefox(options: BrowserOptions = {}): Promise<Firefox> {
  const { isHeadless = true, extensionDir } = options;
  const { firefox: program } = await ensureBrowsers(['firefox']);
  const profile = openProfile(options.profileDir);
  const downloadsDir = join(profile.dir, 'Downloads');
  mkdirSync(downloadsDir, { recursive: true });
  const hosts = extensionDir ? { [extensionIdOf(extensionDir)]: EXTENSION_HOST } : {};
  const preferences = {
    'network.dns.localDomains': (options.namesOfThisMachine ?? []).join(','),
    ...options.firefoxPreferences,
  };
  writeFileSync(join(profile.dir, 'user.js'), firefoxUserJs(downloadsDir, hosts, preferences));
  const { marionette, pid, exited } = await startPatiently(program ?? '', profile.dir, isHeadless);
  if (extensionDir) await installExtension(marionette, extensionDir, profile.dir);

  const run = async <Result>(fn: PageFunction<never, unknown>, values: readonly unknown[], sandbox: string | null) => {
    const script = `const done = arguments[0]; ${pageExpression(fn, values)}.then(done);`;
    return readPageOutcome<Result>(
      await marionette.send('WebDriver:ExecuteAsyncScript', { script, args: [], sandbox }),
    );
  };
  return {
    marionette,
    pid,
    profileDir: profile.dir,
    downloadsDir,
    extensionOrigin: `moz-extension://${EXTENSION_HOST}`,
    exec: (fn, ...values) => run(fn, values, null),
    execChrome: async (fn, ...values) => {
      await marionette.send('Marionette:SetContext', { value: 'chrome' });
      try {
        return await run(fn, values, 'system');
      } finally {
        await marionette.send('Marionette:SetContext', { value: 'content' });
      }
    },
    memory: () => memoryOfTree(pid),
    kill9: async () => {
      killTree(pid);
      await exited;
      marionette.close();
    },
    close: async () => {
      const impatience = setTimeout(() => killTree(pid), QUIT_TIMEOUT_MS);
      await marionette.send('Marionette:Quit', { flags: ['eForceQuit'] }).catch(() => {}); // it may hang up first
      await exited;
      clearTimeout(impatience);
      marionette.close();
      profile.discard();
    },
  };
}

type Started = { readonly marionette: Marionette; readonly pid: number; readonly exited: Promise<void> };

/**
 * Starts Firefox, and once more if it opens its port and then answers nothing: of a thousand starts about one has hung.
 * That is said, since nobody should take it for a slow test.
 */
async function startPatiently(program: string, profileDir: string, isHeadless: boolean): Promise<Started> {
  try {
    return await start(program, profileDir, isHeadless);
  } catch (error) {
    if (!(error instanceof MarionetteSilence)) throw error;
    console.warn(`${error.message}: it is started again`);
    return start(program, profileDir, isHeadless);
  }
}

async function start(program: string, profileDir: string, isHeadless: boolean): Promise<Started> {
  const portFile = join(profileDir, 'MarionetteActivePort');
  rmSync(portFile, { force: true });
  // Without system access Marionette opens no moz-extension:// page and runs nothing with privileges.
  const args = ['--marionette', '--remote-allow-system-access', '--no-remote', '--new-instance', '--profile'];
  const child = spawn(program, [...(isHeadless ? ['--headless'] : []), ...args, profileDir], {
    stdio: 'ignore',
    env: { ...process.env, MOZ_HEADLESS_WIDTH: '1280', MOZ_HEADLESS_HEIGHT: '800' },
  });
  const pid = child.pid ?? 0;
  const exited = endOf(child);
  try {
    return { marionette: await openSession(child, portFile), pid, exited };
  } catch (error) {
    killTree(pid);
    await exited;
    throw error;
  }
}

/** Settles when a process has ended. It is killed with this one. */
async function endOf(child: ChildProcess): Promise<void> {
  const killWithLab = () => killTree(child.pid ?? 0);
  process.once('exit', killWithLab);
  await new Promise((resolve) => child.once('exit', resolve));
  process.off('exit', killWithLab);
}

async function openSession(child: ChildProcess, portFile: string): Promise<Marionette> {
  const hasExited = () => child.exitCode !== null || child.signalCode !== null;
  const port = await waitUntil(() => hasExited() || (existsSync(portFile) && Number(readFileSync(portFile, 'utf8'))), {
    timeoutMs: 60_000,
    what: 'Firefox to open its Marionette port',
  });
  if (typeof port !== 'number') throw new Error('Firefox ended before it could be driven');
  const marionette = await Marionette.connect(port, STARTS_WITHIN_MS);
  const capabilities = { alwaysMatch: { unhandledPromptBehavior: 'ignore' } };
  await marionette.send('WebDriver:NewSession', { capabilities }, STARTS_WITHIN_MS);
  // Said as a capability, they are not heard, and scripts end after 30 s.
  await marionette.send('WebDriver:SetTimeouts', { script: SCRIPT_TIMEOUT_MS, pageLoad: PAGE_TIMEOUT_MS });
  return marionette;
}

async function installExtension(marionette: Marionette, extensionDir: string, profileDir: string): Promise<void> {
  if (existsSync(join(profileDir, 'extensions', `${extensionIdOf(extensionDir)}.xpi`))) return;
  const xpiFile = join(profileDir, 'under-test.xpi');
  makeXpi(resolve(extensionDir), xpiFile);
  await marionette.send('Addon:Install', { path: xpiFile, temporary: false });
}

function extensionIdOf(extensionDir: string): string {
  const manifest = JSON.parse(readFileSync(join(extensionDir, 'manifest.json'), 'utf8'));
  const id: unknown = manifest.browser_specific_settings?.gecko?.id;
  if (typeof id !== 'string')
    throw new Error(`${extensionDir}/manifest.json has no browser_specific_settings.gecko.id`);
  return id;
}
