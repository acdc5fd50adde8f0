import type { OriginFault } from '../../model/failure.ts';

/** What an origin did, as a sentence after its name: "example.org does not have the file". */
export const ORIGIN_FAULT_WORDS: { readonly [Fault in OriginFault]: string } = {
  'not-found': 'does not have the file',
  forbidden: 'refuses to give the file',
  busy: 'is busy',
  'server-error': 'has a fault of its own',
  unreachable: 'cannot be reached',
  stalled: 'stopped sending',
  'ignores-ranges': 'cannot send parts of a file',
  'wrong-range': 'sends other parts than asked for',
  'wrong-length': 'has a file of another size',
  encoded: 'sends the file in a changed form',
  'web-page': 'sends a web page instead of the file',
};
