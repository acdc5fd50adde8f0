import type { Command } from './command.ts';

type Entry = {
  /** One line of `rivulet --help`. */
  readonly summary: string;
  /** Loads the command's module: one that is not run costs nothing. */
  readonly load: () => Promise<Command>;
};

/** Every command of the program, in the order of its help. Each is one module in this folder. */
export const COMMANDS: Readonly<Record<string, Entry>> = {
  publish: {
    summary: 'make a .torrent, a .meta4 and something to paste for every file of a folder',
    load: async () => (await import('./publish-command.ts')).publish,
  },
  verify: {
    summary: 'check that what is published at an address works: server, .torrent, trackers',
    load: async () => (await import('./verify-command.ts')).verify,
  },
  seed: {
    summary: 'share published files with browsers, so that the first visitors have a peer',
    load: async () => (await import('./seed-command.ts')).seed,
  },
};
