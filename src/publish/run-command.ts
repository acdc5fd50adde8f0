import { PublishingError } from '../publishing/publishing-error.ts';
import { displayName } from '../ui/formats/display-name.ts';
import { type CommandIo, type ExitCode, UsageError } from './command.ts';
import { COMMANDS } from './commands.ts';

/** The edge is a program of its own (`bin/rivulet.js`), but one help names all. */
const EDGE_SUMMARY = 'run the tracker and the statistics of a site';

/** Runs what the words ask for and shows what goes wrong, in words. Never rejects for what a publisher did. */
export async function runCommand(words: readonly string[], io: CommandIo): Promise<ExitCode> {
  const [name, ...args] = words;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    (name === undefined ? io.tell : io.print)(helpText());
    return name === undefined ? 2 : 0;
  }
  const entry = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (entry === undefined) {
    io.tell(`There is no command "${name}".\n\n${helpText()}`);
    return 2;
  }
  try {
    return await (await entry.load())(args, io);
  } catch (error) {
    if (io.signal.aborted) {
      io.tell('Stopped.\n');
      return 130;
    }
    if (error instanceof UsageError) {
      io.tell(`${error.message}\nSee: rivulet ${name} --help\n`);
      return 2;
    }
    const message = messageOf(error);
    if (message === null) throw error;
    io.tell(`${displayName(message)}\n`);
    return 1;
  }
}

/** What a publisher can read and mend; null for a bug, whose stack somebody has to see. */
function messageOf(error: unknown): string | null {
  if (error instanceof PublishingError) return error.message;
  const isOfSystem = error instanceof Error && 'syscall' in error && 'code' in error;
  return isOfSystem ? `The system refused: ${error.message}.` : null;
}

function helpText(): string {
  const lines = [...Object.entries(COMMANDS).map(([name, { summary }]) => [name, summary]), ['edge', EDGE_SUMMARY]];
  const table = lines.map(([name = '', summary]) => `  ${name.padEnd(9)}${summary}`).join('\n');
  return `Usage: rivulet COMMAND …\n\n${table}\n\nrivulet COMMAND --help says more.\n`;
}
