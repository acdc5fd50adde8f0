import type { PublishedFile } from '../published-file.ts';

/** Finds the published file that a log line is about; null when it is about something else. */
export type FindByTarget = (target: string) => PublishedFile | null;

/**
 * Paths are compared as they are after decoding, since servers, CDNs and clients encode differently. CloudFront encodes
 * the percent sign of what was encoded already, so a path that is not found is decoded once more.
 * @param basePath where the publisher's folder begins at the server: `/` or `/media/`.
 */
export function findByTarget(files: readonly PublishedFile[], basePath: string): FindByTarget {
  const base = `/${basePath}/`;
  const byPath = new Map(files.map((file) => [normal(base + decoded(file.path)), file]));
  return (target) => {
    const once = decoded(pathOf(target));
    return byPath.get(normal(once)) ?? byPath.get(normal(decoded(once))) ?? null;
  };
}

/** Without the query, and without the host that a proxy is asked with. */
function pathOf(target: string): string {
  const path = target.replace(/^https?:\/\/[^/?#]*/i, '');
  return path.split(/[?#]/, 1)[0] ?? '';
}

/** Servers take several slashes for one (nginx's `merge_slashes`). */
const normal = (path: string): string => path.replace(/\/{2,}/g, '/');

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path; // a lone percent sign
  }
}
