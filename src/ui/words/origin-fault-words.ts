import english from '../../_locales/en/problems.json' with { type: 'json' };
import type { OriginFault } from '../../model/failure.ts';
import { type TextKey, wordsOf } from '../../words/say.ts';

const say = wordsOf('problems', english);

const KEYS: { readonly [Fault in OriginFault]: TextKey<typeof english> } = {
  'not-found': 'faultNotFound',
  forbidden: 'faultForbidden',
  busy: 'faultBusy',
  'server-error': 'faultServerError',
  unreachable: 'faultUnreachable',
  stalled: 'faultStalled',
  'ignores-ranges': 'faultIgnoresRanges',
  'wrong-range': 'faultWrongRange',
  'wrong-length': 'faultWrongLength',
  encoded: 'faultEncoded',
  'web-page': 'faultWebPage',
};

/** What an origin did, as a sentence after its name: "example.org does not have the file". */
export const originFaultWords = (fault: OriginFault): string => say(KEYS[fault]);
