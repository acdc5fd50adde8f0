import * as v from 'valibot';
import type { Command, Commands, Input } from '../model/commands.ts';
import type { TransferId } from '../model/ids.ts';
import { MAX_LINK_CHARS, MAX_TORRENT_FILE_BYTES } from '../model/limits.ts';
import { PATIENCE_CHOICES, POLICIES } from '../model/policy.ts';
import type { Settings } from '../model/settings.ts';

/** What the door knows of one command: who may send it, and how a value that anybody may have written is read. */
export type CommandRule<C extends Command> = {
  readonly acceptsFrom: readonly Commands[C]['sentBy'][];
  /** @throws when the value is not an input of this command. */
  readonly parse: (raw: unknown) => Input<C>;
};

const MAX_FILE_NAME_CHARS = 1_024;
const MAX_BASE64_CHARS = Math.ceil(MAX_TORRENT_FILE_BYTES / 3) * 4;

const link = v.pipe(v.string(), v.maxLength(MAX_LINK_CHARS), v.check(hasLinkScheme, 'neither magnet nor http'));
const text = v.pipe(v.string(), v.maxLength(MAX_LINK_CHARS), v.regex(/\S/, 'empty'));
const id = v.pipe(
  v.string(),
  v.maxLength(100),
  v.regex(/^(?:[0-9a-f]{40}|adding-[0-9A-Za-z-]+)$/, 'no transfer id'),
  v.transform((value) => value as TransferId),
);

// A new setting does not compile until the door can read it.
const settings: { readonly [K in keyof Settings]: v.GenericSchema<unknown, Settings[K]> } = {
  sharing: v.picklist(['not-asked', 'share', 'download-only']),
  notifyWhenDone: v.boolean(),
};

/** The door: one rule for each command. Unknown members are refused, and everything has a largest size. */
export const COMMAND_RULES: { readonly [C in Command]: CommandRule<C> } = {
  'link.capture': { acceptsFrom: ['page'], parse: reader(v.strictObject({ url: link })) },
  'transfer.add': { acceptsFrom: ['ui'], parse: reader(v.strictObject({ text })) },
  'transfer.add-file': {
    acceptsFrom: ['ui'],
    parse: reader(
      v.strictObject({
        name: v.pipe(v.string(), v.maxLength(MAX_FILE_NAME_CHARS)),
        base64: v.pipe(v.string(), v.nonEmpty(), v.maxLength(MAX_BASE64_CHARS)),
      }),
    ),
  },
  'transfer.pause': { acceptsFrom: ['ui'], parse: reader(v.strictObject({ id })) },
  'transfer.resume': { acceptsFrom: ['ui'], parse: reader(v.strictObject({ id })) },
  'transfer.remove': { acceptsFrom: ['ui'], parse: reader(v.strictObject({ id, deleteData: v.boolean() })) },
  'transfer.set-policy': { acceptsFrom: ['ui'], parse: reader(v.strictObject({ id, policy: v.picklist(POLICIES) })) },
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
      }),
    ),
  },
  'engine.wake': { acceptsFrom: ['ui'], parse: reader(v.null()) },
};

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
