import { startEdge } from './edge.ts';
import { type EdgeOptions, HELP, OptionError, readOptions } from './options.ts';
import { startLines } from './start-lines.ts';

const WRONG_USE = 2;
/** Then somebody looks at an empty terminal and wonders. */
const LONG_START_MS = 1_500;
const LONG_START = 'Starting. The first time it makes its database, which takes some seconds.';

try {
  // Behind the program's name comes the command's: `rivulet edge …`.
  const options = readOptions(process.argv.slice(process.argv[2] === 'edge' ? 3 : 2), process.env);
  if (options === null) process.stdout.write(HELP);
  else await run(options);
} catch (error) {
  process.exitCode = error instanceof OptionError ? WRONG_USE : 1;
  console.error((error as Error).message);
  if (error instanceof OptionError) console.error('See: rivulet edge --help');
}

async function run(options: EdgeOptions): Promise<void> {
  const waiting = setTimeout(() => console.error(LONG_START), LONG_START_MS);
  const edge = await startEdge(options).finally(() => clearTimeout(waiting));
  process.stdout.write(startLines(edge, options));
  if (options.tls !== null) {
    process.on('SIGHUP', () => {
      edge.renewTls().catch((error: Error) => console.error(error.message));
    });
  }
  await stopSignal();
  await edge.close();
}

/** Resolves at the first wish to stop. A second one ends at once, as without us. */
function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}
