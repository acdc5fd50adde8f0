import english from '../_locales/en/publish.json' with { type: 'json' };
import type { Level } from '../publishing/server-check/finding.ts';
import { formatBytes } from '../ui/formats/format-bytes.ts';
import { formatDuration } from '../ui/formats/format-duration.ts';
import { joinParts } from '../ui/formats/format-list.ts';
import { formatSpeed } from '../ui/formats/format-speed.ts';
import { type TextKey, wordsOf } from '../words/say.ts';
import type { AddressRefusal } from './address-model.ts';
import type { PolicyChoice } from './advanced.ts';
import type { JobFailure } from './publish-job.ts';
import type { JobProgress } from './rate-of.ts';

type Key = TextKey<typeof english>;

const say = wordsOf('publish', english);

const EXAMPLE_URL = 'https://cdn.example/ep42.mp4';

/** Everything the page says. Names of controls and regions are a contract: programs look for them. */
export const PUBLISH_WORDS = say.with({
  publicUrlExample: EXAMPLE_URL,
  trackerExample: 'wss://tracker.example/',
  edgeExample: 'https://edge.example',
  edgeCommand: 'npx rivulet edge',
  adviceLines: (count: number) => say.count('adviceCount', count),
  fineLines: (count: number) => say.count('fineCount', count),
  progress: ({ bytes, sizeBytes, bytesPerS, secondsLeft }: JobProgress) =>
    joinParts([
      say('amountOf', { done: formatBytes(bytes), whole: formatBytes(sizeBytes) }),
      ...(bytesPerS === null ? [] : [formatSpeed(bytesPerS)]),
      ...(secondsLeft === null ? [] : [say('timeLeft', { time: formatDuration(secondsLeft) })]),
    ]),
  stepUploadHint: (folderUrl: string) => say('toFolder', { folder: folderUrl }),
  nameAndSize: (name: string, bytes: number) => joinParts([name, formatBytes(bytes)]),
  copyLink: (name: string) => say('copyLinkOf', { name }),
  cancelName: (name: string) => say('cancelOf', { name }),
});

const LEVEL_KEYS: { readonly [L in Level]: Key } = { ok: 'levelOk', advice: 'levelAdvice', problem: 'levelProblem' };

/** What a screen reader hears before a finding. */
export const levelWords = (level: Level): string => say(LEVEL_KEYS[level]);

const CHOICE_KEYS: { readonly [Choice in PolicyChoice]: Key } = {
  visitor: 'choiceVisitor',
  fastest: 'choiceFastest',
  balanced: 'choiceBalanced',
  'spare-origin': 'choiceSpareOrigin',
};

/** The choices of the policy, by what a publisher wants. */
export const policyChoiceWords = (choice: PolicyChoice): string => say(CHOICE_KEYS[choice]);

/** What is wrong with an advanced field, in a sentence. */
export const FIELD_REFUSALS = {
  notAMirror: (line: string) => say('notAMirror', { line }),
  otherName: (name: string, line: string) => say('otherName', { name, line }),
  notMinutes: () => say('notMinutes'),
  notAnEdge: (address: string) => say('notAnEdge', { address }),
};

/** Why an address was not taken, in a sentence. */
export function refusalWords(refusal: AddressRefusal): string {
  switch (refusal.code) {
    case 'empty':
      return say('refusedEmpty');
    case 'not-an-address':
      return say('refusedNotAnAddress', { example: EXAMPLE_URL });
    case 'not-http':
      return say('refusedNotHttp');
    case 'has-login':
      return say('refusedLogin');
    case 'has-query':
      return say('refusedQuery');
    case 'is-folder':
      return say('refusedFolder');
    case 'odd-name':
      return say('refusedName');
    case 'advanced':
      return refusal.sentence;
  }
}

type TitleAndRemedy = { readonly title: string; readonly remedy: string };

/** Why a job was not done: what happened, and what to do. */
export function jobFailureWords(failure: JobFailure): TitleAndRemedy {
  switch (failure.code) {
    case 'source-changed':
      return { title: say('sourceChanged'), remedy: say('sourceChangedRemedy') };
    case 'server-stopped': {
      const { atByte, reason } = failure;
      return {
        title: say('serverStopped', { size: formatBytes(atByte) }),
        remedy: say('serverStoppedRemedy', { reason }),
      };
    }
    case 'file-unreadable':
      return { title: say('fileUnreadable'), remedy: say('fileUnreadableRemedy', { reason: failure.reason }) };
    case 'disk-full':
      return { title: say('diskFull'), remedy: say('diskFullRemedy') };
    case 'store-failed':
      return { title: say('storeFailed'), remedy: say('storeFailedRemedy', { reason: failure.reason }) };
  }
}

/** The same for a file that has nothing in it, and for a copy that has no room. */
export const emptyFileWords = (): TitleAndRemedy => ({ title: say('emptyFile'), remedy: say('emptyFileRemedy') });

export const noRoomWords = (neededBytes: number, freeBytes: number): TitleAndRemedy => ({
  title: say('noRoom', { needed: formatBytes(neededBytes), free: formatBytes(freeBytes) }),
  remedy: say('noRoomRemedy'),
});
