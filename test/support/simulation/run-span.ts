import type { DepotEvent, RunEnd, RunId, RunRequest } from '../../../src/engine/store/depot.ts';
import type { FluidWorld } from './fluid-world.ts';

/** A run as the simulated depot has it: torrent offsets in bytes, the end not included. */
export type RunSpan = { readonly startByte: number; readonly endByte: number };

/** The stretch of a run, named by its pieces or by its bytes. */
type Named = { readonly [Key in 'startPiece' | 'endPiece' | 'startByte' | 'endByte']?: number };

type Layout = Pick<FluidWorld, 'lengthBytes' | 'pieceLengthBytes'>;

/** The bytes of a run. This file alone knows how the depot's protocol names them. */
export function spanOfRun(request: RunRequest, { pieceLengthBytes, lengthBytes }: Layout): RunSpan {
  const { startPiece = 0, endPiece = 0, startByte, endByte }: Named = request;
  return {
    startByte: startByte ?? startPiece * pieceLengthBytes,
    endByte: Math.min(endByte ?? endPiece * pieceLengthBytes, lengthBytes),
  };
}

/** The byte at which a run ends from now on; `end` counts what the request of that run counted. */
export function endOfShortened(request: RunRequest, end: number, { pieceLengthBytes, lengthBytes }: Layout): number {
  const { startByte }: Named = request;
  return Math.min(startByte === undefined ? end * pieceLengthBytes : end, lengthBytes);
}

/** How a run ended that had streamed everything before `positionByte`. */
export function runEnded(run: RunId, positionByte: number, end: RunEnd['end'], layout: Layout): DepotEvent {
  const { pieceLengthBytes, lengthBytes } = layout;
  const isWhole = positionByte >= lengthBytes;
  const nextPiece = isWhole ? Math.ceil(lengthBytes / pieceLengthBytes) : Math.floor(positionByte / pieceLengthBytes);
  return { type: 'run-ended', run, nextPiece, positionByte, end } as unknown as DepotEvent;
}
