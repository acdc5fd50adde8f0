import type { TransferView } from '../../model/transfer-view.ts';

/** What the details say of a transfer that a publisher's link began: why it has no peers, and who is told of it. */
export function deliverySentences({ delivery, state }: Pick<TransferView, 'delivery' | 'state'>): string[] {
  if (delivery === null) return [];
  const { host, alone, reportsTo } = delivery;
  const isDone = state.phase === 'done';
  return [
    ...(alone === 'compared' ? [isDone ? `Came ${comparedFor(host)}.` : `Comes ${comparedFor(host)}. ${CHOOSE}`] : []),
    ...(alone === 'not-sharing' && !isDone ? ['Comes from origins alone: peers join when you choose to share.'] : []),
    ...(reportsTo !== null && !isDone ? [`${reportsTo} will be told how it went: bytes and seconds.`] : []),
  ];
}

const comparedFor = (host: string): string =>
  `without peers, so that ${host} has something to compare with: one in twenty does while you send reports`;

const CHOOSE = 'Another policy ends that.';
