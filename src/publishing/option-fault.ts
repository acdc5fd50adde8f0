/**
 * What Node's `parseArgs` says of a word that it does not understand, as one sentence: without its advice for strange
 * values, which is longer than the fault.
 */
export function optionFault(error: unknown): string {
  const [sentence = ''] = (error instanceof Error ? error.message : String(error)).split(/\.\s/);
  return `${sentence.replace(/\.$/, '')}.`;
}
