/**
 * 0: done. 1: it could not be done, and the message says why. 2: the command was not understood. 3: nobody answers.
 * 130: Ctrl-C.
 */
export type ExitCode = 0 | 1 | 2 | 3 | 130;

/** What a command may touch of the process that runs it. */
export type CommandIo = {
  /** Writes to the standard output: what was asked for, and with `--json` nothing else. */
  readonly print: (text: string) => void;
  /** Writes to the standard error: progress, notes. */
  readonly tell: (text: string) => void;
  /** Columns of the terminal that `tell` writes to; null when it is none, and nothing may be overwritten there. */
  readonly columns: number | null;
  /** Relative paths begin here. */
  readonly folder: string;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
};

/**
 * One command: `args` are the words after its name. Throws `UsageError` for what it does not understand and
 * `PublishingError` for what it cannot do; whoever runs it shows their messages.
 */
export type Command = (args: readonly string[], io: CommandIo) => Promise<ExitCode>;

/** The words of a command were not understood. The message is a whole sentence. */
export class UsageError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'UsageError';
  }
}
