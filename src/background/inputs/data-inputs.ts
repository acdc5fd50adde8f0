import * as v from 'valibot';
import type { DataCommands } from '../../model/commands/data-commands.ts';
import { MAX_STATE_CHARS, MAX_TORRENT_FILES } from '../../model/limits.ts';
import type { Settings } from '../../model/settings.ts';
import type { CommandRule } from '../command-inputs.ts';
import { fileIndex, id, reader } from '../input-schemas.ts';
import { readSettings } from '../settings-input.ts';

/** Most addresses that are added at a time: as many as a torrent may have. */
const MAX_ADDRESSES = 64;
const MAX_ADDRESS_CHARS = 8_000;

const address = (scheme: RegExp) =>
  v.pipe(
    v.string(),
    v.maxLength(MAX_ADDRESS_CHARS),
    v.trim(),
    v.check((value) => scheme.test(value) && URL.canParse(value) && new URL(value).host !== '', 'no such address'),
  );
const addresses = (scheme: RegExp) => v.pipe(v.array(address(scheme)), v.maxLength(MAX_ADDRESSES));

const stateText = reader(v.strictObject({ text: v.pipe(v.string(), v.maxLength(MAX_STATE_CHARS)) }));

/** The door for what is done with a transfer's sources and data, and with everything that is remembered. */
export const DATA_RULES: { readonly [C in keyof DataCommands]: CommandRule<C> } = {
  'transfer.add-sources': {
    acceptsFrom: ['ui'],
    parse: reader(
      v.strictObject({ id, trackers: addresses(/^(?:wss?|https?|udp):/i), origins: addresses(/^https?:/i) }),
    ),
  },
  'transfer.remove-source': {
    acceptsFrom: ['ui'],
    parse: reader(v.strictObject({ id, url: v.pipe(v.string(), v.nonEmpty(), v.maxLength(MAX_ADDRESS_CHARS)) })),
  },
  'transfer.recheck': { acceptsFrom: ['ui'], parse: reader(v.strictObject({ id })) },
  'transfer.lend': { acceptsFrom: ['ui'], parse: reader(v.strictObject({ id })) },
  'transfer.reseed': {
    acceptsFrom: ['ui'],
    parse: reader(v.strictObject({ id, own: v.pipe(v.array(fileIndex), v.maxLength(MAX_TORRENT_FILES)) })),
  },
  'transfer.keep-copy': { acceptsFrom: ['ui'], parse: reader(v.strictObject({ id, keep: v.nullable(v.boolean()) })) },
  'transfer.drop-copy': { acceptsFrom: ['ui'], parse: reader(v.strictObject({ id })) },
  'store.use': { acceptsFrom: ['ui'], parse: reader(v.null()) },
  'store.clean': { acceptsFrom: ['ui'], parse: reader(v.null()) },
  'ledger.totals': { acceptsFrom: ['ui'], parse: reader(v.null()) },
  'state.export': { acceptsFrom: ['ui'], parse: reader(v.strictObject({ withSecrets: v.boolean() })) },
  'state.import': {
    acceptsFrom: ['ui'],
    parse: (raw) => {
      const { text } = stateText(raw);
      return { text, settings: settingsOf(text) };
    },
  },
};

/**
 * The settings of a saved state that can be read, each for itself. What a person has to agree to at this machine is none
 * of them, whatever the text says: that bytes leave it, that publishers are told, that pages lead into its network.
 */
function settingsOf(text: string): Partial<Settings> {
  const given = membersOf(membersOf(parsed(text)).settings);
  const read = Object.entries(given).map(([name, value]) => readOne(name, value));
  const { sharing: _, sendReports: __, allowLocalAddresses: ___, ...settings } = Object.assign({}, ...read);
  return settings;
}

function readOne(name: string, value: unknown): Partial<Settings> {
  try {
    return readSettings({ [name]: value });
  } catch {
    return {}; // a setting of another version, or none at all
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const membersOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
