import english from '../../_locales/en/deliveries.json' with { type: 'json' };
import type { TransferView } from '../../model/transfer-view.ts';
import { wordsOf } from '../../words/say.ts';

const say = wordsOf('deliveries', english);

/** What the details say of a transfer that a publisher's link began: why it has no peers, and who is told of it. */
export function deliverySentences({ delivery, state }: Pick<TransferView, 'delivery' | 'state'>): string[] {
  if (delivery === null) return [];
  const { host, alone, reportsTo } = delivery;
  const isDone = state.phase === 'done';
  return [
    ...(alone === 'compared' ? [say(isDone ? 'cameCompared' : 'comesCompared', { host })] : []),
    ...(alone === 'not-sharing' && !isDone ? [say('notSharing')] : []),
    ...(reportsTo !== null && !isDone ? [say('reports', { host: reportsTo })] : []),
  ];
}
