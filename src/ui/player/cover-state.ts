import type { Failure } from '../../model/failure.ts';
import { isMedia, isPlayable, kindOfFile } from '../../model/file-kinds.ts';
import type { PlayerPhase } from '../../model/player-view.ts';
import type { TransferView } from '../../model/transfer-view.ts';

/** What lies over the picture, or stands in its place, and why; null where the picture is to be seen. */
export type Cover =
  | { readonly kind: 'opening' | 'finding' | 'looking' | 'lost' | 'gone' | 'paused' | 'buffering' | 'media-error' }
  | { readonly kind: 'filling'; readonly readyPart: number }
  | { readonly kind: 'whole-first'; readonly hereBytes: number; readonly lengthBytes: number }
  | { readonly kind: 'saved'; readonly downloadId: number | null }
  | { readonly kind: 'stopped'; readonly failure: Failure | null }
  | { readonly kind: 'unplayable'; readonly what: 'container' | 'video' | 'audio'; readonly name: string | null };

export type Circumstances = {
  readonly phase: PlayerPhase;
  readonly path: readonly string[];
  /** Null while the list is not known, `gone` when it is and the transfer is not in it. */
  readonly transfer: TransferView | 'gone' | null;
  readonly isEngineLost: boolean;
  readonly hasMediaError: boolean;
  /** The element wants to go on and has nothing to show. */
  readonly isStalled: boolean;
};

/** Decides what a viewer is told. Pure. What the engine says of the transfer explains more than that bytes stay away. */
export function coverOf(now: Circumstances): Cover | null {
  const { phase, transfer, isEngineLost, hasMediaError, isStalled } = now;
  const isStill = isPlayable(kindOfFile(now.path)) && !isMedia(kindOfFile(now.path));
  if (transfer === 'gone') return { kind: 'gone' };
  switch (phase.phase) {
    case 'opening':
    case 'finding':
      return isEngineLost ? { kind: 'lost' } : (stoppedBy(transfer) ?? { kind: phase.phase });
    case 'saved':
      return { kind: 'saved', downloadId: phase.downloadId };
    case 'stopped':
      if (phase.failure !== null) return { kind: 'stopped', failure: phase.failure };
      return isEngineLost ? { kind: 'lost' } : (stoppedBy(transfer) ?? { kind: 'stopped', failure: null });
    case 'unplayable':
      if (isStill) return null;
      return { kind: 'unplayable', what: phase.what, name: phase.codecs[0] ?? phase.container };
    case 'whole-first':
      return isStill ? null : { kind: 'whole-first', hereBytes: phase.hereBytes, lengthBytes: phase.lengthBytes };
    case 'looking':
      return isStill ? null : isEngineLost ? { kind: 'lost' } : { kind: 'looking' };
    case 'filling':
      return isStill ? null : isEngineLost ? { kind: 'lost' } : { kind: 'filling', readyPart: phase.readyPart };
    case 'playable':
      if (isStill) return null;
      return hasMediaError ? { kind: 'media-error' } : isStalled ? { kind: 'buffering' } : null;
  }
}

function stoppedBy(transfer: TransferView | null): Cover | null {
  if (transfer?.state.phase === 'paused') return { kind: 'paused' };
  return transfer?.state.phase === 'failed' ? { kind: 'stopped', failure: transfer.state.failure } : null;
}
