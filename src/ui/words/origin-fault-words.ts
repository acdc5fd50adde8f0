import english from '../../_locales/en/problems.json' with { type: 'json' };
import type { OriginFault } from '../../model/failure.ts';
import { wordsOf } from '../../words/say.ts';
import { ORIGIN_FAULT_KEYS } from './origin-fault-keys.ts';

const say = wordsOf('problems', english);

/** What an origin did, as a sentence after its name: "example.org does not have the file". */
export const originFaultWords = (fault: OriginFault): string => say(ORIGIN_FAULT_KEYS[fault]);
