import * as v from 'valibot';
import type { LimitCommands } from '../../model/commands/limit-commands.ts';
import { MAX_LABEL_CHARS, MAX_QUEUE_MOVE } from '../../model/limits.ts';
import type { CommandRule } from '../command-inputs.ts';
import { id, rate, reader } from '../input-schemas.ts';

const MAX_RATIO = 1_000;

const limits = v.strictObject({
  downBytesPerS: rate,
  upBytesPerS: rate,
  ratio: v.nullable(v.pipe(v.number(), v.finite(), v.minValue(0), v.maxValue(MAX_RATIO))),
});
const ids = v.pipe(v.array(id), v.minLength(1), v.maxLength(MAX_QUEUE_MOVE));
/** Nothing but white space is no label. */
const label = v.nullable(
  v.pipe(
    v.string(),
    v.maxLength(MAX_LABEL_CHARS),
    v.transform((text) => text.trim() || null),
  ),
);

/** The door for limits, the queue and labels. */
export const LIMIT_RULES: { readonly [C in keyof LimitCommands]: CommandRule<C> } = {
  'transfer.set-limits': { acceptsFrom: ['ui'], parse: reader(v.strictObject({ id, limits })) },
  'queue.move': { acceptsFrom: ['ui'], parse: reader(v.strictObject({ ids, before: v.nullable(id) })) },
  'queue.start-now': { acceptsFrom: ['ui'], parse: reader(v.strictObject({ id })) },
  'transfer.set-label': { acceptsFrom: ['ui'], parse: reader(v.strictObject({ id, label })) },
};
