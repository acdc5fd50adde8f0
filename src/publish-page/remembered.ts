import { type AdvancedFields, NO_FIELDS, POLICY_CHOICES, type PolicyChoice } from './advanced.ts';

const KEY = 'publish-fields';

/** What was typed into the advanced fields the last time. Losing it loses nothing. */
export function readRememberedFields(): AdvancedFields {
  try {
    const written: unknown = JSON.parse(localStorage.getItem(KEY) ?? 'null');
    if (typeof written !== 'object' || written === null) return NO_FIELDS;
    const text = (name: keyof AdvancedFields): string => {
      const value = (written as Partial<Record<keyof AdvancedFields, unknown>>)[name];
      return typeof value === 'string' ? value : NO_FIELDS[name];
    };
    const policy = POLICY_CHOICES.find((choice): choice is PolicyChoice => choice === text('policy')) ?? 'visitor';
    const kept = { trackers: text('trackers'), withinMinutes: text('withinMinutes'), reportUrl: text('reportUrl') };
    return { mirrors: '', policy, ...kept };
  } catch {
    return NO_FIELDS;
  }
}

/** Keeps all but the mirrors, which belong to one file. */
export function rememberFields({ mirrors: _, ...kept }: AdvancedFields): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(kept));
  } catch {
    // Full or switched off: it is typed again.
  }
}
