import { readPolicyText } from '../publishing/policy-text.ts';
import { PublishingError } from '../publishing/publishing-error.ts';
import { readPublicUrl } from '../publishing/server-check/read-public-url.ts';
import { readTrackerUrl } from '../publishing/tracker-shard.ts';
import { placeOf } from './place-of-file.ts';
import { FIELD_REFUSALS } from './publish-words.ts';

/** What visitors' extensions shall do; `visitor`: what each visitor has chosen. */
export const POLICY_CHOICES = ['visitor', 'fastest', 'balanced', 'spare-origin'] as const;
export type PolicyChoice = (typeof POLICY_CHOICES)[number];

/** The advanced fields as they are typed; kept for the next time but for the mirrors, which belong to one file. */
export type AdvancedFields = {
  /** Addresses, one a line. */
  readonly mirrors: string;
  readonly trackers: string;
  readonly policy: PolicyChoice;
  /** Minutes that a visitor may be kept waiting, for `spare-origin`. */
  readonly withinMinutes: string;
  readonly reportUrl: string;
};

export const NO_FIELDS: AdvancedFields = {
  mirrors: '',
  trackers: '',
  policy: 'visitor',
  withinMinutes: '15',
  reportUrl: '',
};

/** The same, understood. */
export type Advanced = {
  /** Addresses of the folders of the mirrors. */
  readonly mirrorFolders: readonly string[];
  readonly trackers: readonly string[];
  readonly policy: string | null;
  readonly reportUrl: string | null;
};

/**
 * Reads the advanced fields.
 * @param fileName The mirrors' files must have this name.
 * @throws {PublishingError} with what is wrong, in a whole sentence.
 */
export function readAdvanced(fields: AdvancedFields, fileName: string): Advanced {
  return {
    mirrorFolders: linesOf(fields.mirrors).map((line) => mirrorFolder(line, fileName)),
    trackers: readTrackers(fields),
    policy: readPolicy(fields),
    reportUrl: readReport(fields.reportUrl),
  };
}

/** @throws {PublishingError} */
export function readTrackers({ trackers }: AdvancedFields): string[] {
  return [...new Set(linesOf(trackers).map(readTrackerUrl))];
}

/** Whether browsers can be introduced to each other by one of them. */
export const hasBrowserTracker = (trackers: readonly string[]): boolean =>
  trackers.some((tracker) => /^wss?:/i.test(tracker));

function mirrorFolder(line: string, fileName: string): string {
  const read = readPublicUrl(line);
  const place = read.ok ? placeOf(read.url) : null;
  if (place === null || !place.ok) throw new PublishingError(FIELD_REFUSALS.notAMirror(line));
  if (place.name !== fileName) throw new PublishingError(FIELD_REFUSALS.otherName(fileName, line));
  return place.folderUrl;
}

function readPolicy({ policy, withinMinutes }: AdvancedFields): string | null {
  if (policy === 'visitor') return null;
  if (policy !== 'spare-origin') return readPolicyText(policy);
  const minutes = Number(withinMinutes.trim().replace(',', '.'));
  if (!(minutes > 0 && minutes <= 1440)) {
    throw new PublishingError(FIELD_REFUSALS.notMinutes());
  }
  return readPolicyText(`spare-origin; within=${Math.max(Math.round(minutes * 60), 1)}`);
}

function readReport(text: string): string | null {
  if (text.trim() === '') return null;
  const read = readPublicUrl(text);
  if (!read.ok) throw new PublishingError(FIELD_REFUSALS.notAnEdge(text.trim()));
  return read.url.replace(/\/$/, '');
}

const linesOf = (text: string): string[] =>
  text
    .split(/[\n,]/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
