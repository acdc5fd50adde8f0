import { createHostLink } from '#webext/host-link';
import { base64Of } from '../model/base64.ts';
import type { Command, Input, Reply } from '../model/commands.ts';
import type { PublishedLink } from '../model/published-link.ts';
import { STREAM_PATH } from '../model/stream-url.ts';
import { readStoreFile } from '../platform/browser/read-store-file.ts';
import { showAddSheet } from '../platform/webext/add-sheet-tab.ts';
import { listenForCommands } from '../platform/webext/command-door.ts';
import type { CommandSource, PageSource } from '../platform/webext/command-source.ts';
import type { HostCommand } from '../platform/webext/host-link-contract.ts';
import { failureOf } from '../platform/webext/link-error.ts';
import { answerOwnRequests } from '../platform/webext/own-requests.ts';
import { answer } from './answer.ts';
import { BACKGROUND_WORDS } from './background-words.ts';
import { flashAdded, showRunning } from './badge.ts';
import { ClickRate, MAX_CLICKS } from './click-rate.ts';
import { deliver } from './deliver.ts';
import { watchDescribedDownloads } from './described-downloads.ts';
import { noteActivity, watchHost } from './host-life.ts';
import { areLinksLeft } from './left-links.ts';
import { renameMenus, watchMenus } from './menus.ts';
import { setLeave, watchNetwork } from './network-guard.ts';
import { notify, tellUser, watchNotifications } from './notifications.ts';
import { watchOmnibox } from './omnibox.ts';
import { openPopup } from './open-list.ts';
import { countPageLinks, takePageLinks } from './page-links.ts';
import { watchPageLoads } from './page-loads.ts';
import { type DeliverMedia, offeredMedia, playOffered } from './page-media.ts';
import { downloadPlainly } from './plain-download.ts';
import { isPrivateWindowOpen, watchPrivateWindows } from './private-windows.ts';
import { watchRedirectLinks } from './redirect-links.ts';
import { saving, watchSaves } from './saving.ts';
import { watchServerAnswers } from './server-answers.ts';
import { answerStream, type StreamPorts } from './stream-answers.ts';
import { welcomeOnce } from './welcome-once.ts';

// The browser may stop this process at any moment and starts it again for the next event: every listener is added here
// and now, before anything is awaited, and nothing that matters is kept in memory.
const host = createHostLink({
  ...saving,
  'host.activity': async (activity) => {
    await Promise.all([noteActivity(host, activity), showRunning(activity.running)]);
    return null;
  },
  'guard.allow': async (leave) => {
    await setLeave(leave);
    return null;
  },
  'private.is-open': async () => ({ isOpen: await isPrivateWindowOpen() }),
  'user.notify': async (news) => {
    await notify(news);
    return null;
  },
});

listenForCommands((command, input, source) => answer(runFor(source), command, input, source.kind));
watchSaves((notice) => void host.notice('save.changed', notice));
watchNotifications();
watchMenus(takeLinks);
watchOmnibox(takeLinks);
watchNetwork((fromUrl, toUrl) => void host.notice('guard.redirected', { fromUrl, toUrl }));
watchRedirectLinks((url, link) => void host.notice('origin.linked', { url, link }));
watchPageLoads(() => void host.notice('page.loads', null));
watchPrivateWindows(() => void host.notice('private.closed', null));
watchServerAnswers({ capture: captureUnasked, take: takeUnasked });
watchDescribedDownloads(deliverDescribed);
watchHost(host);
answerOwnRequests(STREAM_PATH, (request) => answerStream(request, streamPorts));
welcomeOnce();

const clickRate = new ClickRate();

const streamPorts: StreamPorts = {
  awaitBytes: async ({ player, file }, startByte, endByte) => {
    const reply = await host.ask('player.await', { player, file, startByte, endByte }, { kind: 'ui' });
    return reply.ok ? reply.output : { state: 'unknown' };
  },
  pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  read: ({ infoHash, storeFile }, startByte, endByte) => readStoreFile(infoHash, storeFile, startByte, endByte),
};

const runFor =
  (source: CommandSource) =>
  async <C extends Command>(command: C, input: Input<C>): Promise<Reply<C>> => {
    if (command === 'engine.wake') return (await wake()) as Reply<C>;
    if (command === 'page.links') return (await countPageLinks()) as Reply<C>;
    if (command === 'page.add-links') return (await takePageLinks(takeLinks)) as Reply<C>;
    if (command === 'page.media') return (await offeredMedia()) as Reply<C>;
    if (command === 'page.play-media') {
      const { fileUrl } = input as Input<'page.play-media'>;
      const ask: DeliverMedia = (link, page) => host.ask('link.deliver', link, page);
      return (await playOffered(fileUrl, ask)) as Reply<C>;
    }
    if (command === 'page.is-left' && source.kind === 'page') return (await areLinksLeft(source)) as Reply<C>;
    const refusal = source.kind === 'page' ? refusalOf(source) : null;
    if (refusal !== null) return refusal;
    if (command === 'link.deliver' && source.kind === 'page') {
      return (await delivered(input as Input<'link.deliver'>, source)) as Reply<C>;
    }
    const reply = await host.ask(command as HostCommand, input as Input<HostCommand>, source);
    if (command === 'link.capture') void showCaptured(reply as Reply<'link.capture'>);
    else if (ADDS.has(command)) void showStaged(reply as Shown);
    if (reply.ok && CHANGES_LANGUAGE.has(command)) void renameMenus();
    return reply as Reply<C>;
  };

async function wake(): Promise<Reply<'engine.wake'>> {
  try {
    await host.ensure();
    return { ok: true, output: null };
  } catch (error) {
    return { ok: false, failure: failureOf(error) };
  }
}

/** Only clicks come from pages. The user hears of a page that clicks by itself, and once. */
function refusalOf({ tabId, atMs }: PageSource) {
  const verdict = tabId === undefined ? 'taken' : clickRate.take(tabId, atMs);
  if (verdict === 'taken') return null;
  if (verdict === 'first-refused') void tellUser(() => BACKGROUND_WORDS.tooMany(MAX_CLICKS));
  return { ok: false, failure: { code: 'too-many', limit: MAX_CLICKS } } as const;
}

/** Several links that the user asked for outside of our screens. */
async function takeLinks(urls: readonly string[], source: CommandSource): Promise<Reply<'links.capture'>> {
  const reply = await host.ask('links.capture', { urls }, source);
  void showCaptured(reply);
  return reply;
}

/** A publisher's link becomes a transfer, which is shown as a captured link is, or a download that the browser shows. */
async function delivered(link: Input<'link.deliver'>, source: PageSource): Promise<Reply<'link.deliver'>> {
  const ask = () => host.ask('link.deliver', link, source);
  const reply = await deliver(link, source, { ask, download: downloadPlainly });
  if (reply.ok && reply.output.way === 'transfer') void showCaptured(reply);
  return reply;
}

type Shown = Reply<'link.capture' | 'link.deliver' | 'links.capture' | 'transfer.add' | 'transfer.add-file'>;

/** A click that the extension took is seen to have done something: a sheet or the list opens, or else the badge flashes. */
async function showCaptured(reply: Shown): Promise<void> {
  if (await showStaged(reply)) return;
  if (!reply.ok && (reply.failure.code === 'no-answer' || reply.failure.code === 'rejected')) return;
  if (!(await openPopup())) await flashAdded();
}

/** A server answered with a torrent where the browser expected a page: its address is added as a captured link is. */
async function captureUnasked(url: string, source: PageSource): Promise<boolean> {
  const reply = await host.ask('link.capture', { url }, source);
  void showCaptured(reply);
  return reply.ok;
}

/** A download's own server names a torrent for it: it goes on as a delivery, when it can be one. */
async function deliverDescribed(link: PublishedLink, source: PageSource): Promise<boolean> {
  const reply = await host.ask('link.deliver', link, source);
  if (!reply.ok || reply.output.way === 'plain') return false;
  void showCaptured(reply);
  return true;
}

/** The same, with the file itself. */
async function takeUnasked(bytes: Uint8Array, source: PageSource): Promise<boolean> {
  const reply = await host.ask('transfer.add-file', { name: 'answer.torrent', base64: base64Of(bytes) }, source);
  void showStaged(reply);
  return reply.ok;
}

/** What may bring another language. */
const CHANGES_LANGUAGE: ReadonlySet<string> = new Set(['settings.set', 'state.import']);

const ADDS: ReadonlySet<Command> = new Set(['transfer.add', 'transfer.add-file', 'links.capture']);

/** What waits for the user's word is shown in the add sheet. Resolves to whether it was. */
async function showStaged(reply: Shown): Promise<boolean> {
  if (!reply.ok || !waits(reply.output)) return false;
  await showAddSheet();
  return true;
}

function waits(output: Extract<Shown, { ok: true }>['output']): boolean {
  if ('way' in output) return output.way === 'transfer' && output.added.isStaged;
  return 'added' in output ? output.added.some(({ isStaged }) => isStaged) : output.isStaged;
}
