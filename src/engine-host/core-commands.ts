import type { Engine } from '../engine/engine.ts';
import { base64Of, bytesOfBase64 } from '../model/base64.ts';
import type { Added, CoreCommands, TorrentToSave } from '../model/commands.ts';
import { FROM_OUTSIDE } from '../model/provenance.ts';
import type { Settings } from '../model/settings.ts';
import type { HostCommand, HostCommandHandlers } from '../platform/webext/host-link-contract.ts';
import { DELIVERY_LIMIT_MS } from '../platform/webext/time-limits.ts';
import { provenanceOf } from './provenance-of.ts';

/** Adding, starting, stopping, choosing: what these commands do in the engine. */
export const coreCommands = (
  ready: Promise<Engine>,
  onSettings: (settings: Settings) => void,
): Pick<HostCommandHandlers, Extract<HostCommand, keyof CoreCommands>> => ({
  'link.capture': async ({ url }, source) => {
    const engine = await ready;
    if (source.kind === 'page' && engine.isIgnored(source.pageUrl))
      throw new Error('links of this site are left alone');
    return engine.capture(url, provenanceOf(source));
  },
  'links.capture': async ({ urls }, source) => {
    const engine = await ready;
    const from = provenanceOf(source);
    const added: Added[] = [];
    for (const url of urls) added.push(await engine.capture(url, from)); // in their order, which is the list's
    return { added, leftOut: 0 };
  },
  'link.deliver': async (link, source) => {
    if (source.kind !== 'page') return { way: 'plain' };
    const { pageUrl: url, isApart, isPrivateWindow = false, atMs, isUnasked = false } = source;
    if (isUnasked && !(await ready).settings.hybridDownloads) return { way: 'plain' };
    const clicked = { clickedAtMs: atMs, giveUpAtMs: atMs + DELIVERY_LIMIT_MS };
    return (await ready).deliver(link, { url, isApart, isPrivateWindow, ...clicked });
  },
  'link.open': async ({ text }) => (await ready).addLink(text, FROM_OUTSIDE),
  'transfer.add': async ({ text }) => (await ready).addLink(text),
  'transfer.add-file': async ({ base64 }, source) =>
    (await ready).addTorrent(bytesOfBase64(base64), provenanceOf(source)),
  'transfer.adopt': async ({ base64 }) => (await ready).adopt(bytesOfBase64(base64)),
  'transfer.pause': async ({ id }) => {
    await (await ready).pause(id);
    return null;
  },
  'transfer.resume': async ({ id }) => {
    await (await ready).resume(id);
    return null;
  },
  'transfer.remove': async ({ id, deleteData }) => {
    await (await ready).remove(id, deleteData);
    return null;
  },
  'transfer.set-patience': async ({ id, patience }) => {
    await (await ready).setPatience(id, patience);
    return null;
  },
  'transfer.set-policy': async ({ id, policy }) => {
    await (await ready).setPolicy(id, policy);
    return null;
  },
  'transfer.files': async ({ id }) => ({ files: await (await ready).files(id) }),
  'transfer.accept': async ({ id, isPaused }) => {
    await (await ready).accept(id, isPaused);
    return null;
  },
  'transfer.export-torrent': async ({ id }) => ({ torrent: torrentToSave(await (await ready).torrentOf(id)) }),
  'store.space': async () => ({ freeBytes: await (await ready).freeBytes() }),
  'transfer.set-files': async ({ id, wishes }) => ({ taken: await (await ready).setFiles(id, wishes) }),
  'transfer.export-log': async ({ id }) => ({ text: (await ready).flightLog(id) }),
  'settings.set': async (changes) => {
    const engine = await ready;
    await engine.setSettings(changes);
    onSettings(engine.settings);
    return null;
  },
});

function torrentToSave(torrent: Uint8Array | string | null): TorrentToSave | null {
  if (torrent === null) return null;
  return typeof torrent === 'string' ? { url: torrent } : { base64: base64Of(torrent) };
}
