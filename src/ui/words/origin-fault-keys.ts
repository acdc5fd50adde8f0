import type { OriginFault } from '../../model/failure.ts';

/** What each fault of an origin is called where its words stand; more than one part of the texts has words for them. */
export const ORIGIN_FAULT_KEYS = {
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
} as const satisfies { readonly [Fault in OriginFault]: string };
