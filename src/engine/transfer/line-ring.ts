/** Lines of text, the newest of them: when they are more than `maxChars` characters, the oldest go. */
export class LineRing {
  readonly #maxChars: number;
  #lines: string[] = [];
  #first = 0;
  #chars = 0;
  #dropped = 0;

  constructor(maxChars: number) {
    this.#maxChars = maxChars;
  }

  /** How many lines had to go. */
  get dropped(): number {
    return this.#dropped;
  }

  push(line: string): void {
    this.#lines.push(line);
    this.#chars += line.length + 1;
    while (this.#chars > this.#maxChars) this.#dropOldest();
  }

  all(): string[] {
    return this.#lines.slice(this.#first);
  }

  #dropOldest(): void {
    this.#chars -= (this.#lines[this.#first]?.length ?? 0) + 1;
    this.#lines[this.#first] = '';
    this.#first += 1;
    this.#dropped += 1;
    if (this.#first * 2 < this.#lines.length) return;
    // Moved together only when half of the list is empty, so that a line costs the same however many there are.
    this.#lines = this.all();
    this.#first = 0;
  }
}
