import { parseArgs } from 'node:util';
import { optionFault } from '../publishing/option-fault.ts';
import { readPolicyText } from '../publishing/policy-text.ts';
import type { Site } from '../publishing/publication.ts';
import { readFolderUrl } from '../publishing/published-urls.ts';
import { PublishingError } from '../publishing/publishing-error.ts';
import { readTrackerUrl, SHARDS, type Shards } from '../publishing/tracker-shard.ts';
import { UsageError } from './command.ts';

export type PublishOptions = {
  readonly folder: string;
  readonly site: Site;
  /** Path of an RSS feed; null for none. */
  readonly feed: string | null;
  readonly isJson: boolean;
  /** Read every file again, also those that look the same. */
  readonly rehashes: boolean;
};

export const PUBLISH_HELP = `Usage: rivulet publish FOLDER --base URL [options]

Writes a .torrent and a .meta4 beside every file of FOLDER, and into FOLDER/rivulet what to paste into pages and servers.
Upload FOLDER, then paste. A second run reads only what has changed.

  --base URL       where FOLDER will be on the web, such as https://cdn.example/media/
  --mirror URL     the same folder on another server; may be given several times, the best first
  --tracker URL    where visitors meet, such as wss://tracker.example/; may be given several times
  --shards N       none, 16 or 256: spread swarms over /s/… paths of trackers that have no path of their own, for a
                   proxy in front of several tracker machines (none)
  --policy TEXT    what visitors' extensions do: fastest, balanced, peers-off, "spare-origin; within=900" (seconds)
                   or "spare-origin; least=500000" (bytes per second); by default what each visitor chose
  --report URL     the edge that takes reports of visitors who agreed to send them
  --feed FILE      a podcast's RSS feed: FOLDER/rivulet/podcast.xml is the same feed with the torrents added
  --rehash         read every file again
  --json           print what was done as JSON
  --help           show this

Passed over: names that begin with a dot, empty files, links that leave FOLDER, .torrent and .meta4 files.
`;

/**
 * Reads the words after `publish`; null when they ask for help.
 * @throws {UsageError} with what is wrong with them.
 */
export function readPublishOptions(args: readonly string[]): PublishOptions | null {
  const { values, positionals } = parsed(args);
  if (values.help) return null;
  const [folder, ...more] = positionals;
  if (folder === undefined) throw new UsageError('Which folder shall be published? Name one: rivulet publish ./media');
  if (more.length > 0) throw new UsageError(`One folder at a time: "${more[0]}" is one too many.`);
  if (values.base === undefined) {
    throw new UsageError('Where will the folder be on the web? Say it: --base https://cdn.example/media/');
  }
  const base = values.base;
  const site = asUsage(() => {
    const baseUrl = readFolderUrl(base);
    return {
      baseUrl,
      mirrorUrls: unique((values.mirror ?? []).map(readFolderUrl)).filter((url) => url !== baseUrl),
      trackers: unique((values.tracker ?? []).map(readTrackerUrl)),
      shards: readShards(values.shards ?? 'none'),
      policy: values.policy === undefined ? null : readPolicyText(values.policy),
      reportUrl: values.report === undefined ? null : readReportUrl(values.report),
    };
  });
  return { folder, site, feed: values.feed ?? null, isJson: values.json ?? false, rehashes: values.rehash ?? false };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        base: { type: 'string' },
        mirror: { type: 'string', multiple: true },
        tracker: { type: 'string', multiple: true },
        shards: { type: 'string' },
        policy: { type: 'string' },
        report: { type: 'string' },
        feed: { type: 'string' },
        rehash: { type: 'boolean' },
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new UsageError(optionFault(error), { cause: error });
  }
}

function readShards(text: string): Shards {
  const shards = SHARDS.find((known) => known === text);
  if (shards === undefined) throw new PublishingError(`--shards takes none, 16 or 256, not "${text}".`);
  return shards;
}

function readReportUrl(text: string): string {
  const isHttp = URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
  if (!isHttp)
    throw new PublishingError(`"${text}" is not the address of an edge. Give one such as https://edge.example/.`);
  return text;
}

const unique = (urls: readonly string[]) => [...new Set(urls)];

/** Words that cannot be used are words that were not understood. */
function asUsage<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof PublishingError) throw new UsageError(error.message, { cause: error });
    throw error;
  }
}
