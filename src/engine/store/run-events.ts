import { mirrorsOf } from '../origin/mirrors.ts';
import type { DepotEvent, RunRequest } from './depot.ts';
import type { RunPorts } from './run-reader.ts';

/** Turns what a run's stream tells into events of the store. */
export const runEvents = (
  { run, origin }: RunRequest,
  onEvent: (event: DepotEvent) => void,
): Pick<RunPorts, 'requested' | 'answered' | 'progress' | 'cameAside'> => ({
  requested: () => onEvent({ type: 'origin-requested', origin }),
  answered: (answer) => {
    onEvent({ type: 'run-answered', run, host: new URL(answer.url).host });
    const mirrors = mirrorsOf(origin, answer);
    if (mirrors.length > 0) onEvent({ type: 'mirrors-named', origin, mirrors });
  },
  progress: (bytes, position, firstByteMs) => onEvent({ type: 'run-progress', run, bytes, position, firstByteMs }),
  cameAside: (bytes, as) => onEvent({ type: 'came-aside', origin, bytes, as }),
});
