import type { Level } from '../server-check/finding.ts';

/** What can be found out about a .torrent, the file on its server, and the trackers that it names. */
export type VerifyFinding =
  | { readonly code: 'torrent-read'; readonly url: string; readonly pieces: number; readonly pieceLengthBytes: number }
  | { readonly code: 'torrent-missing'; readonly url: string; readonly status: number | null }
  | { readonly code: 'torrent-unreadable'; readonly url: string; readonly reason: string }
  | { readonly code: 'no-such-file'; readonly name: string; readonly lengthBytes: number; readonly serverBytes: number }
  | { readonly code: 'not-a-web-seed'; readonly url: string }
  | { readonly code: 'pieces-match'; readonly pieces: number; readonly bytes: number }
  | { readonly code: 'piece-differs'; readonly piece: number; readonly startByte: number }
  | { readonly code: 'piece-not-sent'; readonly piece: number; readonly status: number | null }
  | { readonly code: 'no-browser-tracker' }
  | { readonly code: 'tracker-introduces'; readonly tracker: string; readonly tookMs: number }
  /** The swarm is so large that two more would hardly be introduced to each other. */
  | { readonly code: 'tracker-busy'; readonly tracker: string; readonly peers: number }
  | { readonly code: 'tracker-does-not-introduce'; readonly tracker: string; readonly afterS: number }
  | { readonly code: 'tracker-refuses'; readonly tracker: string; readonly reason: string }
  | { readonly code: 'tracker-unreachable'; readonly tracker: string; readonly reason: string }
  | { readonly code: 'tracker-answers'; readonly tracker: string }
  | { readonly code: 'tracker-not-checked'; readonly tracker: string };

export type VerifyCode = VerifyFinding['code'];

const LEVELS: { readonly [Code in VerifyCode]: Level } = {
  'torrent-read': 'ok',
  'torrent-missing': 'problem',
  'torrent-unreadable': 'problem',
  'no-such-file': 'problem',
  'not-a-web-seed': 'advice',
  'pieces-match': 'ok',
  'piece-differs': 'problem',
  'piece-not-sent': 'problem',
  'no-browser-tracker': 'advice',
  'tracker-introduces': 'ok',
  'tracker-busy': 'ok',
  'tracker-does-not-introduce': 'problem',
  'tracker-refuses': 'problem',
  'tracker-unreachable': 'problem',
  'tracker-answers': 'ok',
  'tracker-not-checked': 'ok',
};

export const verifyLevelOf = ({ code }: VerifyFinding): Level => LEVELS[code];
