/**
 * Control characters, and those marks that turn the direction of whole stretches of text (Unicode UAX #9): with one of
 * them `invoice<RLO>fdp.exe` reads as `invoiceexe.pdf`. Names come from strangers.
 */
const DECEIVING = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;
/** Marks that only say which way a neighbouring character runs. Honest Arabic and Hebrew names have them. */
const HARMLESS = /[\u061c\u200e\u200f]/gu;
/** Stands for what was taken out, so that it is seen that there was something. */
const TAKEN_OUT = '\ufffd';

/** The name of a transfer or file as it is shown: text, in which each mark that could make it look like another is seen. */
export const displayName = (name: string): string =>
  name.replace(HARMLESS, '').replace(DECEIVING, TAKEN_OUT).trim() || name;
