import { DEFAULT_SETTINGS } from '../../../src/model/settings.ts';
import type { TransferView } from '../../../src/model/transfer-view.ts';
import { EVERY_PROBLEM } from './every-trouble.ts';
import { manyViews } from './many-views.ts';
import { doneView, GB, sampleView } from './sample-view.ts';
import type { Scene } from './scenes.ts';

const manager = (transfers: readonly TransferView[], more: Partial<Scene> = {}): Scene => ({
  screen: 'manager',
  transfers,
  settings: { ...DEFAULT_SETTINGS, sharing: 'share' },
  does: [],
  isEngineGone: false,
  ...more,
});

const FORTY = manyViews(40);
const ALL_COLUMNS = ['name', 'queue', 'progress', 'state', 'label', 'policy', 'uploaded', 'ratio', 'size', 'added'];
const IN_QUEUE_ORDER = { sort: { column: 'queue', direction: 'ascending' } };

const LONG: readonly TransferView[] = [
  sampleView(0, { name: `${'A very long name that goes on and on '.repeat(6)}(2026) [x265].mkv`, label: 'Films' }),
  sampleView(1, { name: `${'averylongnamewithoutanyspace_'.repeat(8)}.tar.zst`, label: 'a'.repeat(60) }),
  sampleView(2, { name: 'ألف ليلة وليلة – المجلد الأول.pdf', sizeBytes: 45 * GB, secondsLeft: 12_345, label: 'كتب' }),
  sampleView(3, { name: 'שיר השירים — Song of Songs (1977) 日本語版.flac' }),
  sampleView(4, { name: 'invoice\u202efdp.exe', problems: EVERY_PROBLEM['no-peers'].slice(0, 1) }),
  sampleView(5, { name: '<img src=x onerror=alert(1)> & “quotes”' }),
  doneView(6, { name: `${'Long and done '.repeat(12)}.zip`, isSeeding: true }),
];

/** Every state that the manager can be in. The key is the name of the picture. */
export const MANAGER_SCENES: Readonly<Record<string, Scene>> = {
  manager: manager(FORTY),
  'manager-detail': manager(FORTY, {
    does: [
      { press: 'ArrowDown' },
      { press: 'ArrowDown' },
      { press: 'ArrowDown' },
      { press: 'ArrowDown' },
      { press: 'Enter' },
    ],
  }),
  'manager-side': manager(FORTY, {
    does: [{ press: 'End' }, { press: 'Enter' }],
    remembered: { pane: { isOpen: true, place: 'right', right: 440 } },
  }),
  'manager-chosen': manager(FORTY, {
    does: [{ press: 'ArrowDown' }, { press: 'Shift+PageDown' }],
    remembered: { pane: { isOpen: false } },
  }),
  'manager-menu': manager(FORTY, {
    does: [{ press: 'ArrowDown' }, { press: 'Shift+ArrowDown' }, { press: 'Shift+F10' }],
    remembered: { pane: { isOpen: false } },
  }),
  'manager-remove': manager(FORTY, {
    does: [{ press: 'ArrowDown' }, { press: 'Shift+End' }, { press: 'Delete' }],
    remembered: { pane: { isOpen: false } },
  }),
  'manager-label': manager(FORTY, { does: [{ press: 'ArrowDown' }, { click: 'More' }, { click: 'Label…' }] }),
  'manager-keys': manager(FORTY, { does: [{ press: '?' }] }),
  'manager-columns': manager(FORTY, { does: [{ click: 'Columns' }] }),
  'manager-other-columns': manager(FORTY, {
    remembered: {
      ...IN_QUEUE_ORDER,
      pane: { isOpen: false },
      columns: ALL_COLUMNS.map((id) => ({ id, widthPx: id === 'name' ? 260 : 110, isShown: true })),
    },
  }),
  'manager-long-names': manager(LONG, { does: [{ press: 'ArrowDown' }] }),
  'manager-empty': manager([], { settings: DEFAULT_SETTINGS }),
  'manager-nothing-fits': manager(FORTY, { does: [{ type: 'no such thing', into: 'Search names and labels' }] }),
  'manager-lost': manager(FORTY, {
    isEngineGone: true,
    does: [{ press: 'ArrowDown' }, { press: 'Shift+ArrowDown' }, { press: 'Shift+ArrowDown' }, { press: 'p' }],
  }),
  'manager-paused': manager(FORTY, { settings: { ...DEFAULT_SETTINGS, sharing: 'share', isAllPaused: true } }),
  'manager-add': manager(FORTY.slice(0, 12), {
    does: [{ click: 'Add' }, { type: 'no link', into: 'Magnet link, torrent URL or info hash' }, { press: 'Enter' }],
  }),
  'manager-mirrored': manager([...LONG, ...FORTY], { isMirrored: true, does: [{ press: 'ArrowDown' }] }),
  'manager-5000': manager(manyViews(5_000), { remembered: { pane: { isOpen: false } } }),
};
