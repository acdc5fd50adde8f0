import { runCommand } from './run-command.ts';

/*
 * rivulet publish|verify|seed …
 * The first Ctrl-C asks the command to end, which leaves nothing half-written; the second ends the process.
 */
const interruption = new AbortController();
process.once('SIGINT', () => interruption.abort());
process.once('SIGTERM', () => interruption.abort());
process.exitCode = await runCommand(process.argv.slice(2), {
  print: (text) => process.stdout.write(text),
  tell: (text) => process.stderr.write(text),
  // Some terminals say that they have none.
  columns: process.stderr.isTTY ? process.stderr.columns || 80 : null,
  folder: process.cwd(),
  signal: interruption.signal,
});
