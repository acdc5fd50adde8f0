import { PublishingError } from '../publishing/publishing-error.ts';
import { displayName } from '../ui/formats/display-name.ts';
import { formatBytes } from '../ui/formats/format-bytes.ts';
import type { CommandIo, ExitCode } from './command.ts';
import { findSeeds, type Seed } from './find-seeds.ts';
import { FileChangedError } from './hash-file.ts';
import { openSeedFile, type SeedFile } from './seed-file.ts';
import { readSeedOptions, SEED_HELP } from './seed-options.ts';
import { openSeedSwarm, type SeedEvents } from './seed-swarm.ts';

/** `rivulet seed`: the first peer of files that were published, until it is stopped; that is its ordinary end. */
export async function seed(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const options = readSeedOptions(args);
  if (options === null) {
    io.print(SEED_HELP);
    return 0;
  }
  const { seeds, skipped } = await findSeeds(options.paths, io.folder);
  const passOver = (path: string, reason: string) =>
    io.tell(`Passed over ${displayName(path)}: ${displayName(reason)}.\n`);
  for (const { path, reason } of skipped) passOver(path, reason);

  const swarm = await openSeedSwarm(options.upBytesPerS);
  const sent = makeAccount(io);
  const files: SeedFile[] = [];
  try {
    for (const one of seeds) {
      const trackers = options.trackers.length > 0 ? options.trackers : one.trackers;
      if (trackers.length === 0) {
        passOver(one.name, 'its .torrent names no tracker that browsers reach; name one with --tracker wss://…');
        continue;
      }
      const file = await openSeedFile(one, io.signal);
      if (file === null) {
        passOver(one.name, 'it is not what its .torrent describes; run "rivulet publish" again');
        continue;
      }
      files.push(file);
      swarm.seed(one.info, trackers, saysWhenChanged(one, file, io.tell), sent.eventsOf(one));
      io.print(`Seeding ${displayName(one.name)} (${formatBytes(one.info.lengthBytes)}) at ${trackers.join(', ')}\n`);
    }
    if (files.length === 0) throw new PublishingError('There is nothing to seed: publish the folder first.');
    await untilAborted(io.signal);
    return 0;
  } finally {
    await swarm.close();
    await Promise.all(files.map((file) => file.close()));
    if (files.length > 0) io.print(sent.summary());
  }
}

/** Tells once when a file was written to after it was checked: nobody is served from it any more. */
function saysWhenChanged({ name }: Seed, file: SeedFile, tell: CommandIo['tell']): SeedFile {
  let isTold = false;
  return {
    ...file,
    read: (...span) =>
      file.read(...span).catch((error: unknown) => {
        if (error instanceof FileChangedError && !isTold) {
          isTold = true;
          tell(`${displayName(name)} was changed and is served no more. Publish it again, then seed again.\n`);
        }
        throw error;
      }),
  };
}

/** Who was served with what. */
function makeAccount({ print, tell }: CommandIo) {
  let peers = 0;
  let bytes = 0;
  return {
    eventsOf: (seed: Seed): SeedEvents => {
      const name = displayName(seed.name);
      let here = 0;
      const warnings = new Set<string>();
      return {
        came: ({ client }) => {
          here += 1;
          peers += 1;
          print(`${name}: ${client} came, ${here} now\n`);
        },
        left: ({ client, sentBytes }) => {
          here -= 1;
          bytes += sentBytes();
          print(`${name}: ${client} left with ${formatBytes(sentBytes())}, ${here} now\n`);
        },
        warned: (message) => {
          if (warnings.has(message)) return;
          warnings.add(message);
          tell(`${name}: ${displayName(message)}\n`);
        },
      };
    },
    summary: () => `Sent ${formatBytes(bytes)} to ${peers === 1 ? 'one peer' : `${peers} peers`}.\n`,
  };
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
