import * as v from 'valibot';
import type { Command, Commands, Input } from '../model/commands.ts';
import { FILE_PRIORITIES } from '../model/file-view.ts';
import type { FileIndex, TransferId } from '../model/ids.ts';
import {
  MAX_FILE_NAME_CHARS,
  MAX_LINK_CHARS,
  MAX_LINKS_AT_ONCE,
  MAX_POLICY_CHARS,
  MAX_TORRENT_FILE_BYTES,
  MAX_TORRENT_FILES,
} from '../model/limits.ts';
import { PATIENCE_CHOICES, POLICIES } from '../model/policy.ts';
import type { PublishedLink } from '../model/published-link.ts';
import { readPublisherPolicy } from '../model/publisher-policy.ts';
import type { Settings } from '../model/settings.ts';

/** What the door knows of one command: who may send it, and how a value that anybody may have written is read. */
export type CommandRule<C extends Command> = {
  readonly acceptsFrom: readonly Commands[C]['sentBy'][];
  /** @throws when the value is not an input of this command. */
  readonly parse: (raw: unknown) => Input<C>;
};

/** A host name with its port, and sites that have a rule. */
const MAX_HOST_CHARS = 261;
const MAX_SITES = 1_000;
const MAX_BASE64_CHARS = Math.ceil(MAX_TORRENT_FILE_BYTES / 3) * 4;

const link = v.pipe(v.string(), v.maxLength(MAX_LINK_CHARS), v.check(hasLinkScheme, 'neither magnet nor http'));
const text = v.pipe(v.string(), v.maxLength(MAX_LINK_CHARS), v.regex(/\S/, 'empty'));
/** Links in the engine's sense: hashes too. What none of them is becomes an entry that says so. */
const links = v.pipe(v.array(text), v.minLength(1), v.maxLength(MAX_LINKS_AT_ONCE));
const base64 = v.pipe(v.string(), v.nonEmpty(), v.maxLength(MAX_BASE64_CHARS));
const id = v.pipe(
  v.string(),
  v.maxLength(100),
  v.regex(/^(?:[0-9a-f]{40}|adding-[0-9A-Za-z-]+)$/, 'no transfer id'),
  v.transform((value) => value as TransferId),
);

const fileIndex = v.pipe(
  v.number(),
  v.integer(),
  v.minValue(0),
  v.maxValue(MAX_TORRENT_FILES - 1),
  v.transform((value) => value as FileIndex),
);
const wishes = v.pipe(
  v.array(
    v.strictObject({
      files: v.pipe(v.array(fileIndex), v.maxLength(MAX_TORRENT_FILES)),
      priority: v.picklist(FILE_PRIORITIES),
    }),
  ),
  v.maxLength(FILE_PRIORITIES.length),
);
const webAddress = v.pipe(
  v.string(),
  v.maxLength(MAX_LINK_CHARS),
  v.check((value) => /^https?:/i.test(value) && URL.canParse(value), 'no web address'),
  v.transform((value) => new URL(value)),
  v.check(({ username, password }) => username === '' && password === '', 'an address with a login'),
  v.transform((url) => {
    url.hash = '';
    return url.href;
  }),
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

// A new setting does not compile until the door can read it.
const settings: { readonly [K in keyof Settings]: v.GenericSchema<unknown, Settings[K]> } = {
  sharing: v.picklist(['not-asked', 'share', 'download-only']),
  notifyWhenDone: v.boolean(),
  sendReports: v.boolean(),
  askFirst: v.boolean(),
  startAtOnceSites: v.pipe(v.array(v.pipe(v.string(), v.maxLength(MAX_HOST_CHARS))), v.maxLength(MAX_SITES)),
  hybridDownloads: v.boolean(),
  allowLocalAddresses: v.boolean(),
};

/** The door: one rule for each command. Unknown members are refused, and everything has a largest size. */
export const COMMAND_RULES: { readonly [C in Command]: CommandRule<C> } = {
  'link.capture': { acceptsFrom: ['page'], parse: reader(v.strictObject({ url: link })) },
  'link.deliver': { acceptsFrom: ['page'], parse: readPublishedLink },
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
  'settings.set': {
    acceptsFrom: ['ui'],
    parse: reader(
      v.strictObject({
        sharing: v.exactOptional(settings.sharing),
        notifyWhenDone: v.exactOptional(settings.notifyWhenDone),
        sendReports: v.exactOptional(settings.sendReports),
        askFirst: v.exactOptional(settings.askFirst),
        startAtOnceSites: v.exactOptional(settings.startAtOnceSites),
        hybridDownloads: v.exactOptional(settings.hybridDownloads),
        allowLocalAddresses: v.exactOptional(settings.allowLocalAddresses),
      }),
    ),
  },
  'engine.wake': { acceptsFrom: ['ui'], parse: reader(v.null()) },
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

function reader<T>(schema: v.GenericSchema<unknown, T>): (raw: unknown) => T {
  return (raw) => {
    if (Array.isArray(raw)) throw new TypeError('a list'); // For valibot an empty list is an object without members.
    return v.parse(schema, raw, { abortEarly: true });
  };
}

function hasLinkScheme(value: string): boolean {
  const protocol = URL.canParse(value) ? new URL(value).protocol : null;
  return protocol === 'magnet:' || protocol === 'http:' || protocol === 'https:';
}
