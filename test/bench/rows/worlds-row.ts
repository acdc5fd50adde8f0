import type { BrowserName } from '../../../tools/ensure-browsers.ts';
import type { Measurement } from '../measurement.ts';
import type { Workplace } from '../workplace.ts';

/** A simulator plays worlds on a virtual clock and writes down, as a table of text, what came out next to its limits. */
export type Simulator = { readonly name: string; readonly tabulate: (isQuick: boolean) => string };

/**
 * A row without a browser: runs each simulator once, however many browsers the bench is for, and prints its table.
 * There is nothing in it that the machine decides, hence no measurements.
 */
export const worldsRow =
  (simulators: readonly Simulator[]) =>
  async ({ options }: Workplace, browser: BrowserName): Promise<Measurement[]> => {
    if (browser !== options.browsers[0]) return [];
    for (const { name, tabulate } of simulators) console.log(`\n${name}\n${tabulate(options.isQuick)}`);
    return [];
  };
