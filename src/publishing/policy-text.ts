import { PublishingError } from './publishing-error.ts';

const FORM = /^(?:fastest|balanced|peers-off|spare-origin(?:\s*;\s*(?:within|least)=[1-9]\d{0,11})?)$/;

/**
 * Checks what shall be written as `data-rivulet-policy`: `fastest`, `balanced`, `peers-off`, or `spare-origin` with a
 * patience, `; within=<seconds>` or `; least=<bytes/s>`. Blanks around the semicolon are made one.
 * @throws {PublishingError} for anything else.
 */
export function readPolicyText(text: string): string {
  if (!FORM.test(text.trim())) {
    throw new PublishingError(
      `"${text}" is not a policy. Give fastest, balanced, peers-off, "spare-origin; within=900" (seconds) or "spare-origin; least=500000" (bytes per second).`,
    );
  }
  return text.trim().replace(/\s*;\s*/, '; ');
}
