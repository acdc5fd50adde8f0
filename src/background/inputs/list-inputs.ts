import * as v from 'valibot';
import type { ListCommands } from '../../model/commands/list-commands.ts';
import type { CommandRule } from '../command-inputs.ts';
import { id, reader } from '../input-schemas.ts';

/** The door for what the list of all transfers asks. */
export const LIST_RULES: { readonly [C in keyof ListCommands]: CommandRule<C> } = {
  'transfer.magnet': { acceptsFrom: ['ui'], parse: reader(v.strictObject({ id })) },
};
