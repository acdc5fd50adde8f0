import * as v from 'valibot';
import { POLICIES } from '../model/policy.ts';
import { LANGUAGES, type Settings } from '../model/settings.ts';
import { MAX_HOST_CHARS, rate, reader } from './input-schemas.ts';

const MAX_SITES = 1_000;
const MAX_SERVERS = 100;
const MAX_ADDRESS_CHARS = 2_048;
const MINUTES_OF_A_DAY = 24 * 60;

const host = v.pipe(v.string(), v.nonEmpty(), v.maxLength(MAX_HOST_CHARS));
const minute = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MINUTES_OF_A_DAY - 1));
const count = (least: number, most: number) => v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));
const address = (scheme: RegExp) =>
  v.pipe(v.string(), v.maxLength(MAX_ADDRESS_CHARS), v.regex(scheme, 'another kind of address'));
const amount = (most: number) => v.nullable(v.pipe(v.number(), v.finite(), v.minValue(0), v.maxValue(most)));

// A new setting does not compile until the door can read it.
const SCHEMAS: { readonly [K in keyof Settings]: v.GenericSchema<unknown, Settings[K]> } = {
  sharing: v.picklist(['not-asked', 'share', 'download-only']),
  notifyWhenDone: v.boolean(),
  sendReports: v.boolean(),
  askFirst: v.boolean(),
  startAtOnceSites: v.pipe(v.array(v.pipe(v.string(), v.maxLength(MAX_HOST_CHARS))), v.maxLength(MAX_SITES)),
  hybridDownloads: v.boolean(),
  allowLocalAddresses: v.boolean(),
  downBytesPerS: rate,
  upBytesPerS: rate,
  schedule: v.strictObject({
    isOn: v.boolean(),
    days: v.pipe(v.array(count(0, 6)), v.maxLength(7)),
    fromMinute: minute,
    toMinute: minute,
    downBytesPerS: rate,
    upBytesPerS: rate,
  }),
  maxRunning: count(1, 100),
  maxPeers: count(1, 500),
  uploadSlots: count(1, 100),
  goals: v.strictObject({ ratio: amount(1_000), hours: amount(100_000), dailyUploadBytes: amount(1e15) }),
  isAllPaused: v.boolean(),
  quietWhileBrowsing: v.boolean(),
  pauseOnMetered: v.boolean(),
  keepCopy: v.picklist(['while-sharing', 'never', 'always']),
  extraTrackers: v.pipe(v.array(address(/^wss?:\/\//i)), v.maxLength(MAX_SERVERS)),
  addsTrackers: v.boolean(),
  stunServers: v.nullable(v.pipe(v.array(address(/^stuns?:[^\s]+$/i)), v.maxLength(MAX_SERVERS))),
  turnServers: v.pipe(
    v.array(
      v.strictObject({
        url: address(/^turns?:[^\s]+$/i),
        username: v.pipe(v.string(), v.maxLength(MAX_ADDRESS_CHARS)),
        credential: v.pipe(v.string(), v.maxLength(MAX_ADDRESS_CHARS)),
      }),
    ),
    v.maxLength(MAX_SERVERS),
  ),
  siteRules: v.pipe(
    v.array(v.strictObject({ host, rule: v.picklist(['ignore', 'ask', 'start']) })),
    v.maxLength(MAX_SITES),
  ),
  policy: v.picklist(POLICIES),
  language: v.picklist(['browser', ...LANGUAGES]),
};

const members = reader(v.record(v.picklist(Object.keys(SCHEMAS) as (keyof Settings)[]), v.unknown()));

/** Reads a change of settings. Members that are no settings are refused. @throws when one of them does not fit. */
export function readSettings(raw: unknown): Partial<Settings> {
  const change = members(raw);
  const read = Object.entries(change).map(([name, value]) => [
    name,
    v.parse(SCHEMAS[name as keyof Settings], value, { abortEarly: true }),
  ]);
  return Object.fromEntries(read) as Partial<Settings>;
}
