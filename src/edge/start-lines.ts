import type { Edge } from './edge.ts';
import type { EdgeOptions } from './options.ts';

/** What an edge says when it has started: where everything is, in plain words or as one line of JSON. */
export function startLines(
  edge: Pick<Edge, 'url' | 'port' | 'published' | 'serves' | 'madeToken'>,
  options: EdgeOptions,
): string {
  const { url, port, published, serves, madeToken } = edge;
  const host = new URL(url).hostname;
  const addresses = {
    page: `${url}/`,
    files: options.folder === null ? null : `${url}/files`,
    webSocket: url.replace(/^http/, 'ws'),
    http: `${url}/announce`,
    udp: `udp://${host}:${port}`,
  };
  if (options.json) return `${JSON.stringify({ ...addresses, port, published, serves, adminToken: madeToken })}\n`;
  const lines = [
    `Your numbers   ${addresses.page}`,
    ...(addresses.files === null ? [] : [`Your files     ${addresses.files}  (${describeFiles(published)})`]),
    `Tracker        ${addresses.webSocket}  (browsers)`,
    `               ${addresses.http}  ${addresses.udp}`,
    serves === 'any'
      ? 'Anybody may meet here, for any torrent.'
      : 'Peers of your own files may meet here, and nobody else.',
  ];
  if (madeToken !== null) {
    lines.push('', `Your admin token, shown this once: ${madeToken}`);
  }
  return `${lines.join('\n')}\n`;
}

function describeFiles(count: number): string {
  if (count === 0) return 'none yet: run "rivulet publish" on the folder';
  return count === 1 ? 'one is shared' : `${count} are shared`;
}
