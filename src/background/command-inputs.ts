import * as v from 'valibot';
import type { Command, Commands, Input } from '../model/commands.ts';
import { FILE_PRIORITIES } from '../model/file-view.ts';
import {
  MAX_FILE_NAME_CHARS,
  MAX_LINK_CHARS,
  MAX_LINKS_AT_ONCE,
  MAX_POLICY_CHARS,
  MAX_TORRENT_FILES,
} from '../model/limits.ts';
import { PATIENCE_CHOICES, POLICIES } from '../model/policy.ts';
import type { PublishedLink } from '../model/published-link.ts';
import { readPublisherPolicy } from '../model/publisher-policy.ts';
import { base64, fileIndex, id, reader, text, webAddress } from './input-schemas.ts';
import { DATA_RULES } from './inputs/data-inputs.ts';
import { DETAIL_RULES } from './inputs/detail-inputs.ts';
import { LIMIT_RULES } from './inputs/limit-inputs.ts';
import { LIST_RULES } from './inputs/list-inputs.ts';
import { PLAYER_RULES } from './inputs/player-inputs.ts';
import { readSettings } from './settings-input.ts';

/** What the door knows of one command: who may send it, and how a value that anybody may have written is read. */
export type CommandRule<C extends Command> = {
  readonly acceptsFrom: readonly Commands[C]['sentBy'][];
  /** @throws when the value is not an input of this command. */
  readonly parse: (raw: unknown) => Input<C>;
};

const link = v.pipe(v.string(), v.maxLength(MAX_LINK_CHARS), v.check(hasLinkScheme, 'neither magnet nor http'));
/** Links in the engine's sense: hashes too. What none of them is becomes an entry that says so. */
const links = v.pipe(v.array(text), v.minLength(1), v.maxLength(MAX_LINKS_AT_ONCE));

const wishes = v.pipe(
  v.array(
    v.strictObject({
      files: v.pipe(v.array(fileIndex), v.maxLength(MAX_TORRENT_FILES)),
      priority: v.picklist(FILE_PRIORITIES),
    }),
  ),
  v.maxLength(FILE_PRIORITIES.length),
);
const publishedLink = reader(
  v.strictObject({
    fileUrl: webAddress,
    torrentUrl: webAddress,
    policy: v.pipe(v.string(), v.maxLength(MAX_POLICY_CHARS)),
    report: v.pipe(v.string(), v.maxLength(MAX_LINK_CHARS)),
    name: v.pipe(v.string(), v.maxLength(MAX_FILE_NAME_CHARS)),
  }),
);

/** The door: one rule for each command. Unknown members are refused, and everything has a largest size. */
export const COMMAND_RULES: { readonly [C in Command]: CommandRule<C> } = {
  'link.capture': { acceptsFrom: ['page'], parse: reader(v.strictObject({ url: link })) },
  'link.deliver': { acceptsFrom: ['page'], parse: readPublishedLink },
  'page.is-left': { acceptsFrom: ['page'], parse: reader(v.null()) },
  'links.capture': { acceptsFrom: ['ui'], parse: reader(v.strictObject({ urls: links })) },
  'page.links': { acceptsFrom: ['ui'], parse: reader(v.null()) },
  'page.add-links': { acceptsFrom: ['ui'], parse: reader(v.null()) },
  'link.open': { acceptsFrom: ['ui'], parse: reader(v.strictObject({ text })) },
  'transfer.add': { acceptsFrom: ['ui'], parse: reader(v.strictObject({ text })) },
  'transfer.add-file': {
    acceptsFrom: ['ui'],
    parse: reader(
      v.strictObject({
        name: v.pipe(v.string(), v.maxLength(MAX_FILE_NAME_CHARS)),
        base64,
      }),
    ),
  },
  'transfer.adopt': { acceptsFrom: ['ui'], parse: reader(v.strictObject({ base64 })) },
  'transfer.pause': { acceptsFrom: ['ui'], parse: reader(v.strictObject({ id })) },
  'transfer.resume': { acceptsFrom: ['ui'], parse: reader(v.strictObject({ id })) },
  'transfer.remove': { acceptsFrom: ['ui'], parse: reader(v.strictObject({ id, deleteData: v.boolean() })) },
  'transfer.set-policy': { acceptsFrom: ['ui'], parse: reader(v.strictObject({ id, policy: v.picklist(POLICIES) })) },
  'transfer.files': { acceptsFrom: ['ui'], parse: reader(v.strictObject({ id })) },
  'transfer.accept': { acceptsFrom: ['ui'], parse: reader(v.strictObject({ id, isPaused: v.boolean() })) },
  'transfer.export-torrent': { acceptsFrom: ['ui'], parse: reader(v.strictObject({ id })) },
  'store.space': { acceptsFrom: ['ui'], parse: reader(v.null()) },
  'transfer.set-files': { acceptsFrom: ['ui'], parse: reader(v.strictObject({ id, wishes })) },
  'transfer.set-patience': {
    acceptsFrom: ['ui'],
    parse: reader(v.strictObject({ id, patience: v.picklist(PATIENCE_CHOICES) })),
  },
  'transfer.export-log': { acceptsFrom: ['ui'], parse: reader(v.strictObject({ id })) },
  'settings.set': { acceptsFrom: ['ui'], parse: readSettings },
  'page.media': { acceptsFrom: ['ui'], parse: reader(v.null()) },
  'page.play-media': { acceptsFrom: ['ui'], parse: reader(v.strictObject({ fileUrl: webAddress })) },
  'engine.wake': { acceptsFrom: ['ui'], parse: reader(v.null()) },
  ...LIMIT_RULES,
  ...PLAYER_RULES,
  ...DATA_RULES,
  ...DETAIL_RULES,
  ...LIST_RULES,
};

/** What a page says of its link becomes types here; a report that cannot be sent anywhere is none. */
function readPublishedLink(raw: unknown): PublishedLink {
  const { fileUrl, torrentUrl, policy, report, name } = publishedLink(raw);
  const edge = v.safeParse(webAddress, report);
  return {
    fileUrl,
    torrentUrl,
    policy: readPublisherPolicy(policy),
    reportUrl: edge.success ? edge.output : null,
    name: name.trim() === '' ? null : name,
  };
}

function hasLinkScheme(value: string): boolean {
  const protocol = URL.canParse(value) ? new URL(value).protocol : null;
  return protocol === 'magnet:' || protocol === 'http:' || protocol === 'https:';
}
