import type { Feed, OnProblem } from './feed.ts';

/** MediaError of an element whose address broke off; the others say that it cannot decode. */
const MEDIA_ERR_NETWORK = 2;

/** Gives an element the address of a file: the browser reads, decodes and seeks by itself. */
export class NativeFeed implements Feed {
  readonly #url: string;
  readonly #onProblem: OnProblem;
  readonly #stopping = new AbortController();

  /** @param url Where the file is: a stream's, or an object URL of a file that is here whole. */
  constructor(url: string, onProblem: OnProblem) {
    this.#url = url;
    this.#onProblem = onProblem;
  }

  start(media: HTMLMediaElement, atS: number): void {
    const { signal } = this.#stopping;
    const failed = () => {
      const { code = 0, message = '' } = media.error ?? {};
      this.#onProblem({ what: code === MEDIA_ERR_NETWORK ? 'bytes' : 'decoder', reason: `${code} ${message}` });
    };
    media.addEventListener('error', failed, { signal });
    media.preload = 'auto';
    media.src = this.#url;
    if (atS > 0) media.currentTime = atS;
  }

  stop(): void {
    this.#stopping.abort();
    if (this.#url.startsWith('blob:')) URL.revokeObjectURL(this.#url);
  }

  chooseAudio(): boolean {
    return false;
  }
}
