import type { TransferView } from '../../../model/transfer-view.ts';
import { numberTag } from '../../../words/spoken.ts';
import { displayName } from '../../formats/display-name.ts';
import { formatBytes } from '../../formats/format-bytes.ts';
import { formatDuration } from '../../formats/format-duration.ts';
import { formatSpeed } from '../../formats/format-speed.ts';
import { progressOf } from '../../progress.ts';
import { sayInManager, stateInList } from '../../words/manager-words.ts';
import { POLICY_WORDS } from '../../words/policy-words.ts';
import { type ColumnId, offloadOf, ratioOf } from './columns.ts';

/** What a cell says. What is nothing stays empty, so that what there is stands out. */
export const CELL_TEXT: Readonly<Record<ColumnId, (view: TransferView) => string>> = {
  name: ({ name }) => displayName(name),
  size: ({ sizeBytes }) => (sizeBytes === null ? '' : formatBytes(sizeBytes)),
  progress: (view) => sayInManager('percent', { percent: progressOf(view).percent }),
  state: stateInList,
  down: ({ peerBytesPerS, originBytesPerS }) => speed(peerBytesPerS + originBytesPerS),
  up: ({ uploadBytesPerS }) => speed(uploadBytesPerS),
  left: ({ state, secondsLeft }) =>
    state.phase === 'downloading' && secondsLeft !== null ? formatDuration(secondsLeft) : '',
  peers: ({ peersConnected }) => (peersConnected > 0 ? String(peersConnected) : ''),
  origins: ({ originsUsable }) => (originsUsable > 0 ? String(originsUsable) : ''),
  offload: (view) => {
    const offload = offloadOf(view);
    return offload === null ? '' : sayInManager('percent', { percent: Math.round(100 * offload) });
  },
  ratio: (view) => (view.uploadedBytes > 0 ? (ratioOf(view)?.toFixed(2) ?? '') : ''),
  uploaded: ({ uploadedBytes }) => (uploadedBytes > 0 ? formatBytes(uploadedBytes) : ''),
  added: ({ addedAtMs }) => dates().format(addedAtMs),
  label: ({ label }) => label ?? '',
  policy: ({ policy }) => POLICY_WORDS[policy].name,
  queue: ({ queuePlace }) => (queuePlace === null ? '' : String(queuePlace)),
};

const speed = (bytesPerS: number): string => (bytesPerS >= 1 ? formatSpeed(bytesPerS) : '');

let made: { readonly tag: string; readonly format: Intl.DateTimeFormat } | null = null;

/** Making one takes longer than a hundred uses. */
function dates(): Intl.DateTimeFormat {
  const tag = numberTag();
  if (made?.tag !== tag)
    made = { tag, format: new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeStyle: 'short' }) };
  return made.format;
}
