import * as v from 'valibot';
import type { DetailCommands } from '../../model/commands/detail-commands.ts';
import { DETAIL_PARTS } from '../../model/transfer-details.ts';
import type { CommandRule } from '../command-inputs.ts';
import { fileIndex, id, reader } from '../input-schemas.ts';

const parts = v.pipe(v.array(v.picklist(DETAIL_PARTS)), v.maxLength(DETAIL_PARTS.length));

/** The door for what an open detail view asks. */
export const DETAIL_RULES: { readonly [C in keyof DetailCommands]: CommandRule<C> } = {
  'transfer.details': { acceptsFrom: ['ui'], parse: reader(v.strictObject({ id, parts })) },
  'transfer.save-file': { acceptsFrom: ['ui'], parse: reader(v.strictObject({ id, file: fileIndex })) },
};
