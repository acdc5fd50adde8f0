import type { TrackerConnection, TrackerUpdate } from 'webtorrent';
import type { TrackerError } from '../../model/transfer-details.ts';
import { cleanText } from '../torrent/clean-text.ts';
import type { TrackerStatus } from './swarm.ts';

const MAX_SAID_CHARS = 200;

type Heard = { update: TrackerUpdate | null; answeredAtMs: number | null; error: TrackerError | null };

/**
 * What the trackers of one torrent have answered. The library tells failures to the torrent, without the tracker's name,
 * so each connection is listened to itself.
 */
export class TrackerWatch {
  readonly #heard = new Map<string, Heard>();
  readonly #nowMs: () => number;
  #connections: readonly TrackerConnection[] = [];

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  /** Listens to these connections, for as long as they live. To be called once. */
  watch(connections: readonly TrackerConnection[]): void {
    this.#connections = connections;
    for (const connection of connections) {
      const heard = this.#of(connection.announceUrl);
      const failed = connection._onSocketError.bind(connection);
      const closed = connection._onSocketClose.bind(connection);
      const answered = connection._onAnnounceResponse.bind(connection);
      connection._onSocketError = (error) => {
        heard.error = { code: 'unreachable' };
        failed(error);
      };
      connection._onSocketClose = () => {
        heard.error ??= { code: 'unreachable' };
        closed();
      };
      connection._onAnnounceResponse = (answer) => {
        // Torrents with the same tracker share a socket, and hear each other's answers.
        if (answer.info_hash === connection.client._infoHashBinary) this.#answered(heard, answer);
        answered(answer);
      };
    }
  }

  /** It has said how many there are. */
  updated(update: TrackerUpdate): void {
    this.#of(update.announce).update = update;
  }

  status(urls: readonly string[]): TrackerStatus[] {
    return urls.map((url) => {
      const { update, answeredAtMs, error } = this.#of(url);
      const connection = this.#connections.find(({ announceUrl }) => announceUrl === url);
      const isUp = connection?.socket?.connected === true;
      const hasFailed = connection?.reconnecting === true || (connection?.retries ?? 0) > 0;
      const state = isUp && update !== null ? 'working' : hasFailed && !isUp ? 'failing' : 'connecting';
      return { url, state, seeds: update?.complete ?? null, peers: update?.incomplete ?? null, answeredAtMs, error };
    });
  }

  #answered(heard: Heard, answer: Record<string, unknown>): void {
    const said = answer['failure reason'];
    if (typeof said === 'string') {
      heard.error = { code: 'said', text: cleanText(said, MAX_SAID_CHARS) };
      return;
    }
    heard.answeredAtMs = this.#nowMs();
    heard.error = null;
  }

  #of(url: string): Heard {
    const known = this.#heard.get(url) ?? { update: null, answeredAtMs: null, error: null };
    this.#heard.set(url, known);
    return known;
  }
}
