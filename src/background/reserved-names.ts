/** Long enough for the first file of a transfer to enter the browser's download list. */
const RESERVED_MS = 60_000;

/** Remembers names that were handed out but that the browser's download list cannot know yet. */
export class ReservedNames {
  readonly #untilMs = new Map<string, number>();

  reserve(name: string, nowMs: number): void {
    this.#untilMs.set(name, nowMs + RESERVED_MS);
  }

  at(nowMs: number): string[] {
    return [...this.#untilMs].filter(([, untilMs]) => untilMs > nowMs).map(([name]) => name);
  }
}
