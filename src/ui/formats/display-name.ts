/**
 * Control characters, and the marks that turn the direction of text (Unicode UAX #9): with one of them
 * `invoice<RLO>fdp.exe` reads as `invoiceexe.pdf`. Names come from strangers, so they are taken out of what is shown.
 */
const DECEIVING = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** The name of a transfer as it is shown: text without marks that make it look like another name. */
export const displayName = (name: string): string => name.replace(DECEIVING, '').trim() || name;
