import { readdirSync, readFileSync } from 'node:fs';

export type ProcessMemory = {
  readonly pid: number;
  /** What the process is: `renderer`, `extension`, `gpu-process` (Chromium); `WebExtensions`, `Web Content` (Firefox). */
  readonly kind: string;
  /** Resident memory, memory shared with other processes included. */
  readonly rssBytes: number;
  /** Proportional set size: shared memory is divided among its users, so that this one may be summed. */
  readonly pssBytes: number;
};

type Process = {
  readonly pid: number;
  readonly parentPid: number;
  readonly name: string;
  readonly commandLine: string;
};

/** A process and all its descendants, parents first; empty when it is gone. Linux only. @see proc(5) */
export function processTree(rootPid: number): Process[] {
  const all = listProcesses();
  const tree = all.filter(({ pid }) => pid === rootPid);
  for (const { pid } of tree) tree.push(...all.filter(({ parentPid }) => parentPid === pid));
  return tree;
}

/** Kills a process and all its descendants as a power cut would: nobody can say goodbye or flush. */
export function killTree(rootPid: number): void {
  for (const { pid } of processTree(rootPid)) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error; // gone already, with its parent
    }
  }
}

/**
 * The process whose command line holds `words`, such as the folder of a browser's profile; of a family that all hold
 * them, the one that started the others. Null when there is none.
 */
export function findProcess(words: string): number | null {
  const family = listProcesses().filter(({ commandLine }) => commandLine.includes(words));
  const isChild = (parentPid: number) => family.some(({ pid }) => pid === parentPid);
  return family.find(({ parentPid }) => !isChild(parentPid))?.pid ?? null;
}

/** Memory of each process of a browser. */
export function memoryOfTree(rootPid: number): ProcessMemory[] {
  return processTree(rootPid).flatMap((process) => {
    const rollup = readProc(`${process.pid}/smaps_rollup`);
    if (rollup === null) return [];
    const [rssBytes, pssBytes] = [readKilobytes(rollup, 'Rss'), readKilobytes(rollup, 'Pss')];
    return [{ pid: process.pid, kind: kindOf(process), rssBytes, pssBytes }];
  });
}

function kindOf({ name, commandLine }: Process): string {
  // Arguments end with NUL, but Chromium's children rewrite theirs with spaces between.
  const args = commandLine.split(/[\0 ]/);
  if (args.includes('--extension-process')) return 'extension';
  return args.find((arg) => arg.startsWith('--type='))?.slice('--type='.length) ?? name;
}

function listProcesses(): Process[] {
  const pids = readdirSync('/proc').filter((entry) => /^\d+$/.test(entry));
  return pids.map(Number).flatMap((pid) => {
    const stat = readProc(`${pid}/stat`);
    const commandLine = readProc(`${pid}/cmdline`);
    // A name may hold spaces and parentheses: the fields begin after its last one.
    const match = /^\d+ \((.*)\) \S (\d+)/s.exec(stat ?? '');
    if (match === null || commandLine === null) return [];
    return [{ pid, parentPid: Number(match[2]), name: match[1] ?? '', commandLine }];
  });
}

const readKilobytes = (rollup: string, field: string) =>
  Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(rollup)?.[1] ?? 0) * 1024;

/** A file of /proc, or null when the process has gone meanwhile. */
function readProc(path: string): string | null {
  try {
    return readFileSync(`/proc/${path}`, 'utf8');
  } catch {
    return null;
  }
}
