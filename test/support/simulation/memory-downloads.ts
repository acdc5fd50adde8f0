import type { Clock, Saver } from '../../../src/engine/ports.ts';
import type { SaveState } from '../../../src/model/host-link.ts';
import type { MemoryDisk } from './memory-disk.ts';

type Listener = (downloadId: number, state: SaveState) => void;
type Saved = { readonly path: string; state: SaveState };

/** A browser's download list and Downloads folder in memory. */
export class MemoryDownloads implements Saver {
  files = new Map<string, Uint8Array>();
  /** Why the next files cannot be saved, as Chrome says it; null when they can. */
  interruptsWith: string | null = null;
  /** How long a file takes to be saved; with 0 the browser tells that it is saved before it tells its number. */
  takesMs = 1_000;
  /** Whether the browser tells when a file is saved; it answers when asked in any case. */
  tells = true;
  readonly #disk: MemoryDisk;
  readonly #clock: Clock;
  #saved = new Map<number, Saved>();
  readonly #listeners = new Set<Listener>();

  constructor(disk: MemoryDisk, clock: Clock) {
    this.#disk = disk;
    this.#clock = clock;
  }

  /** The same list and folder as the next process of the extension finds them; downloads under way go on. */
  found(disk: MemoryDisk): MemoryDownloads {
    const found = new MemoryDownloads(disk, this.#clock);
    found.files = this.files;
    found.#saved = this.#saved;
    return found;
  }

  /** Downloads that were ever started. */
  get count(): number {
    return this.#saved.size;
  }

  async freeFolder(wanted: string): Promise<string> {
    const isTaken = (name: string) => [...this.#saved.values()].some(({ path }) => path.startsWith(`${name}/`));
    for (let number = 2, name = wanted; ; number++) {
      if (!isTaken(name)) return name;
      name = `${wanted} (${number})`;
    }
  }

  async start(infoHash: string, storeFile: string | null, path: string): Promise<number> {
    const downloadId = this.#saved.size + 1;
    const saved: Saved = { path, state: { state: 'in-progress' } };
    this.#saved.set(downloadId, saved);
    const end = () => {
      if (saved.state.state !== 'in-progress') return;
      const bytes = storeFile === null ? new Uint8Array() : this.#disk.contentOf(infoHash, storeFile);
      if (this.interruptsWith !== null || bytes === null) {
        saved.state = { state: 'interrupted', reason: this.interruptsWith ?? 'FILE_FAILED' };
      } else {
        this.files.set(path, bytes);
        saved.state = { state: 'complete', path: `/downloads/${path}`, exists: true };
      }
      if (this.tells) for (const listener of this.#listeners) listener(downloadId, saved.state);
    };
    if (this.takesMs === 0) end();
    else this.#clock.after(this.takesMs, end);
    return downloadId;
  }

  async state(downloadId: number): Promise<SaveState> {
    return this.#saved.get(downloadId)?.state ?? { state: 'gone' };
  }

  async delete(downloadId: number): Promise<void> {
    const saved = this.#saved.get(downloadId);
    if (saved === undefined) return;
    this.files.delete(saved.path);
    saved.state = { state: 'gone' };
  }

  onChanged(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }
}
