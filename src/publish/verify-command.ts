import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { checkServer } from '../publishing/server-check/check-server.ts';
import { levelOf } from '../publishing/server-check/finding.ts';
import { wordsOf } from '../publishing/server-check/finding-words.ts';
import { fixOf, kindOfServer } from '../publishing/server-check/fixes.ts';
import { readPublicUrl } from '../publishing/server-check/read-public-url.ts';
import { type TorrentSource, verify as verifyTorrent } from '../publishing/verify/verify.ts';
import { verifyLevelOf } from '../publishing/verify/verify-finding.ts';
import { verifyWordsOf } from '../publishing/verify/verify-words.ts';
import type { CommandIo, ExitCode } from './command.ts';
import { openNodeSocket } from './node-socket.ts';
import { readVerifyOptions, VERIFY_HELP } from './verify-options.ts';
import { type Line, printLine, reportOf, summaryOf } from './verify-report.ts';

/** `rivulet verify`: whether what is published at an address works, from here. */
export async function verify(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const options = readVerifyOptions(args);
  if (options === null) {
    io.print(VERIFY_HELP);
    return 0;
  }
  const { url, isJson } = options;
  const torrent = options.torrent === null ? null : await readSource(options.torrent, io.folder);
  const lines: Line[] = [];
  const add = (line: Line) => {
    lines.push(line);
    if (!isJson) io.print(printLine(line));
  };
  if (!isJson) io.print(`${url}\n\nServer\n`);
  const ports = { fetch: globalThis.fetch, nowMs: () => performance.now() };
  const { facts } = await checkServer(url, {
    ports,
    signal: io.signal,
    onFinding: (finding) =>
      add({ part: 'server', level: levelOf(finding), finding, words: wordsOf(finding), fix: fixOf(finding, url) }),
  });
  if (facts !== null) {
    if (!isJson) io.print('\nTorrent and trackers\n');
    await verifyTorrent({
      url,
      facts,
      torrent,
      ports,
      openSocket: openNodeSocket,
      random: Math.random,
      randomBytes,
      signal: io.signal,
      onFinding: (finding) =>
        add({ part: 'torrent', level: verifyLevelOf(finding), finding, words: verifyWordsOf(finding), fix: null }),
    });
  }
  const exitCode = exitCodeOf(lines);
  if (isJson) io.print(`${JSON.stringify(reportOf(url, lines, exitCode), null, 2)}\n`);
  else io.print(summaryOf(lines, kindOfServer(facts?.serverName ?? null)));
  return exitCode;
}

/** Codes that say that there was nobody to ask: a program may try again later. A certificate mends itself not. */
const UNREACHABLE: ReadonlySet<string> = new Set(['unreachable', 'timed-out']);

function exitCodeOf(lines: readonly Line[]): ExitCode {
  if (lines.some(({ part, finding }) => part === 'server' && UNREACHABLE.has(finding.code))) return 3;
  return lines.some(({ level }) => level === 'problem') ? 1 : 0;
}

/** An address, or else a file on this machine. */
async function readSource(text: string, folder: string): Promise<TorrentSource> {
  if (/^https?:\/\//i.test(text)) {
    const read = readPublicUrl(text);
    if (read.ok) return { type: 'url', url: read.url };
  }
  return { type: 'bytes', name: text, bytes: await readFile(resolve(folder, text)) };
}
