import { spawn } from 'node:child_process';
import { delimiter, resolve } from 'node:path';

export type Step = {
  readonly name: string;
  /** A program of this project's packages, or of the system. */
  readonly command: string;
  readonly args: readonly string[];
  /** Ten minutes when left out. */
  readonly limitS?: number;
  /** Variables of its environment besides those of this process. */
  readonly env?: Readonly<Record<string, string>>;
};

const DEFAULT_LIMIT_S = 600;

/** Programs of our packages come first, whoever starts us. Nothing asks a question or looks for updates. */
const ENV = {
  ...process.env,
  PATH: [resolve('node_modules/.bin'), process.env.PATH].join(delimiter),
  NO_UPDATE_NOTIFIER: '1',
};

/** Runs one step and prints one line about it; what a failing step wrote follows in full. Never rejects. */
export async function runStep({ name, command, args, limitS = DEFAULT_LIMIT_S, env = {} }: Step): Promise<boolean> {
  const startedAt = performance.now();
  process.stdout.write(`${name.padEnd(26)} `);
  const { isGood, written } = await run(command, args, limitS, env);
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(`${isGood ? 'ok' : 'failed'}  ${seconds} s`);
  if (!isGood) console.log(written);
  return isGood;
}

type Outcome = { readonly isGood: boolean; readonly written: string };

function run(command: string, args: readonly string[], limitS: number, env: NodeJS.ProcessEnv): Promise<Outcome> {
  return new Promise((done) => {
    const child = spawn(command, args, {
      env: { ...ENV, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: limitS * 1000,
    });
    const chunks: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    const end = (isGood: boolean, last: string) =>
      done({ isGood, written: `${Buffer.concat(chunks).toString('utf8')}${last}` });
    child.once('error', (error) => end(false, String(error)));
    child.once('close', (code, signal) => {
      end(code === 0, signal === null ? '' : `\n${command} was ended by ${signal}; its limit is ${limitS} s.`);
    });
  });
}
