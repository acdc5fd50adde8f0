import { DEFAULT_SETTINGS, type Settings } from '../../../src/model/settings.ts';
import type { Scene, Step } from './scenes.ts';

/** Settings of somebody who has set everything. */
const BUSY_SETTINGS: Settings = {
  ...DEFAULT_SETTINGS,
  sharing: 'share',
  downBytesPerS: 2_500_000,
  upBytesPerS: 300_000,
  schedule: { ...DEFAULT_SETTINGS.schedule, isOn: true, fromMinute: 22 * 60, toMinute: 6 * 60 + 30 },
  goals: { ratio: 1.5, hours: null, dailyUploadBytes: 10_000_000_000 },
  addsTrackers: true,
  extraTrackers: ['wss://tracker.example.org/', `wss://tracker.example/${'a-long-path/'.repeat(9)}`],
  siteRules: [
    { host: 'archive.org', rule: 'start' },
    { host: 'a-site-with-a-very-long-name.and-more-of-it.example.co.uk', rule: 'ignore' },
  ],
  startAtOnceSites: ['archive.org'],
  stunServers: ['stun:stun.example.org:3478'],
  turnServers: [{ url: 'turn:turn.example.org:3478', username: 'ada', credential: 'secret' }],
};

const scene = (settings: Settings, does: readonly Step[], more: Partial<Scene> = {}): Scene => ({
  screen: 'all-settings',
  transfers: [],
  settings,
  does,
  isEngineGone: false,
  ...more,
});

const look = (text: string): Step => ({ type: text, into: 'Search settings' });

/** The view of all settings. */
export const SETTINGS_SCENES: Readonly<Record<string, Scene>> = {
  'all-settings': scene(DEFAULT_SETTINGS, []),
  'all-settings-busy': scene(BUSY_SETTINGS, []),
  'all-settings-found': scene(DEFAULT_SETTINGS, [look('ip address')]),
  'all-settings-none': scene(DEFAULT_SETTINGS, [look('a word that is in no setting at all')]),
  'all-settings-reset': scene(BUSY_SETTINGS, [{ click: 'Reset this group: Seeding' }]),
  'all-settings-refused': scene(DEFAULT_SETTINGS, [{ type: 'udp://tracker.example', into: 'Trackers to add' }]),
  'all-settings-gone': scene(DEFAULT_SETTINGS, [{ click: 'Download only' }], { isEngineGone: true }),
};
