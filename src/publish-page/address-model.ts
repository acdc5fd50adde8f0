import { batch, type ReadonlySignal, signal } from '@preact/signals';
import { makePublication } from '../publishing/make-publication.ts';
import { choosePieceLength } from '../publishing/piece-length.ts';
import type { Publication, Site } from '../publishing/publication.ts';
import { PublishingError } from '../publishing/publishing-error.ts';
import type { CheckOptions, ServerFacts, ServerReport } from '../publishing/server-check/check-server.ts';
import { canBePublished, type Finding, hasProblems } from '../publishing/server-check/finding.ts';
import { type PublicUrl, readPublicUrl } from '../publishing/server-check/read-public-url.ts';
import { type Advanced, type AdvancedFields, readAdvanced } from './advanced.ts';
import { type Place, placeOf } from './place-of-file.ts';
import { type Hashes, JobError, type JobFailure } from './publish-job.ts';
import { followProgress, type JobProgress } from './rate-of.ts';
import type { RunJob } from './run-job.ts';

type RefusalOf<T> = T extends { readonly ok: false; readonly code: infer Code } ? Code : never;

/** Why an address was not taken. */
export type AddressRefusal =
  | { readonly code: RefusalOf<PublicUrl> | RefusalOf<Place> }
  | { readonly code: 'advanced'; readonly sentence: string };

/** What is done with an address. `checked`: somebody has to decide, or to mend something. */
export type AddressState =
  | { readonly phase: 'idle' }
  | { readonly phase: 'refused'; readonly refusal: AddressRefusal }
  | { readonly phase: 'checking' }
  | { readonly phase: 'checked'; readonly verdict: 'blocked' | 'doubtful' }
  | { readonly phase: 'hashing'; readonly progress: JobProgress }
  | { readonly phase: 'failed'; readonly failure: JobFailure }
  | { readonly phase: 'published'; readonly publication: Publication; readonly site: Site };

export type AddressPorts = {
  readonly checkServer: (url: string, options: Omit<CheckOptions, 'ports'>) => Promise<ServerReport>;
  readonly runJob: RunJob;
  readonly sha1: (bytes: Uint8Array) => Promise<Uint8Array>;
  readonly nowMs: () => number;
};

/** What was read once and need not be read again for another tracker: a large file costs its server something. */
type Known = { readonly url: string; readonly version: string; readonly sizeBytes: number; readonly hashes: Hashes };

type Target = { readonly url: string; readonly name: string; readonly folderUrl: string; readonly advanced: Advanced };

/** The way from an address to what is pasted: check, read and hash, write. */
export class AddressModel {
  readonly #state = signal<AddressState>({ phase: 'idle' });
  readonly #findings = signal<readonly Finding[]>([]);
  readonly #url = signal<string | null>(null);
  readonly #ports: AddressPorts;
  readonly #fields: ReadonlySignal<AdvancedFields>;
  #abort = new AbortController();
  #known: Known | null = null;
  #checked: { readonly target: Target; readonly facts: ServerFacts } | null = null;

  readonly text = signal('');
  readonly serverName = signal<string | null>(null);
  readonly state: ReadonlySignal<AddressState> = this.#state;
  /** Of the address that was checked last, in the order in which they came. */
  readonly findings: ReadonlySignal<readonly Finding[]> = this.#findings;
  /** The address that was checked last. */
  readonly url: ReadonlySignal<string | null> = this.#url;

  constructor(ports: AddressPorts, fields: ReadonlySignal<AdvancedFields>) {
    this.#ports = ports;
    this.#fields = fields;
  }

  /** Checks what is typed, and goes on to publish it when nothing is wrong. */
  async submit(): Promise<void> {
    this.stop();
    const target = this.#read();
    if ('code' in target) {
      this.#state.value = { phase: 'refused', refusal: target };
      return;
    }
    const abort = new AbortController();
    this.#abort = abort;
    batch(() => {
      this.#state.value = { phase: 'checking' };
      this.#findings.value = [];
      this.#url.value = target.url;
    });
    await this.#unlessStopped(abort.signal, async () => {
      const { findings, facts } = await this.#ports.checkServer(target.url, {
        signal: abort.signal,
        onFinding: (finding) => {
          if (!abort.signal.aborted) this.#findings.value = [...this.#findings.value, finding];
        },
      });
      abort.signal.throwIfAborted();
      this.serverName.value = facts?.serverName ?? null;
      if (facts === null || !canBePublished(findings)) {
        this.#state.value = { phase: 'checked', verdict: 'blocked' };
        return;
      }
      this.#checked = { target, facts };
      if (hasProblems(findings)) this.#state.value = { phase: 'checked', verdict: 'doubtful' };
      else await this.#publish(abort.signal);
    });
  }

  /** Goes on although something is wrong that can be lived with; and tries again what failed. */
  async publishAnyway(): Promise<void> {
    const abort = new AbortController();
    this.#abort = abort;
    await this.#unlessStopped(abort.signal, () => this.#publish(abort.signal));
  }

  /** Stops what is under way. What was found stays to be read. */
  stop(): void {
    this.#abort.abort();
    const { phase } = this.#state.value;
    if (phase === 'checking' || phase === 'hashing') this.#state.value = { phase: 'idle' };
  }

  async #publish(signal: AbortSignal): Promise<void> {
    if (this.#checked === null) return;
    const { target, facts } = this.#checked;
    const { url, name, folderUrl, advanced } = target;
    const sizeBytes = facts.lengthBytes;
    const pieceLengthBytes = choosePieceLength(sizeBytes);
    const progress = followProgress(sizeBytes, this.#ports.nowMs);
    const tell = (bytes: number) => {
      if (!signal.aborted) this.#state.value = { phase: 'hashing', progress: progress(bytes) };
    };
    tell(0);
    const job = { type: 'hash-address', url, sizeBytes, pieceLengthBytes } as const;
    const hashes = this.#knownHashes(url, facts) ?? (await this.#ports.runJob(job, tell, signal));
    signal.throwIfAborted();
    if (hashes === null) throw new Error('a job that hashes gave no hashes');
    if (facts.version !== null) this.#known = { url, version: facts.version, sizeBytes, hashes };
    const site: Site = {
      baseUrl: folderUrl,
      mirrorUrls: advanced.mirrorFolders,
      trackers: advanced.trackers,
      shards: 'none',
      policy: advanced.policy,
      reportUrl: advanced.reportUrl,
    };
    const file = { path: [name], sizeBytes, modifiedAtMs: 0, pieceLengthBytes, ...hashes };
    const publication = await makePublication(file, site, this.#ports.sha1);
    signal.throwIfAborted();
    this.#state.value = { phase: 'published', publication, site };
  }

  #knownHashes(url: string, facts: ServerFacts): Hashes | null {
    const known = this.#known;
    const isSame = known?.url === url && known.version === facts.version && known.sizeBytes === facts.lengthBytes;
    return isSame ? known.hashes : null;
  }

  #read(): Target | AddressRefusal {
    const read = readPublicUrl(this.text.value);
    if (!read.ok) return { code: read.code };
    const place = placeOf(read.url);
    if (!place.ok) return { code: place.code };
    try {
      const advanced = readAdvanced(this.#fields.value, place.name);
      return { url: read.url, name: place.name, folderUrl: place.folderUrl, advanced };
    } catch (error) {
      if (!(error instanceof PublishingError)) throw error;
      return { code: 'advanced', sentence: error.message };
    }
  }

  async #unlessStopped(signal: AbortSignal, task: () => Promise<void>): Promise<void> {
    try {
      await task();
    } catch (error) {
      if (signal.aborted) return;
      const failure: JobFailure =
        error instanceof JobError ? error.failure : { code: 'file-unreadable', reason: String(error) };
      this.#state.value = { phase: 'failed', failure };
    }
  }
}
