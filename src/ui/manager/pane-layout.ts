import { signal } from '@preact/signals';
import type { Memory } from './memory.ts';

export type PanePlace = 'below' | 'right';
export const PANE_STEP_PX = 24;
const BOUNDS = { below: { least: 160, first: 320 }, right: { least: 300, first: 440 } } as const;
/** What the list keeps for itself, however large the details are. */
const LIST_LEAST_PX = { below: 180, right: 320 } as const;

/** Whether details are shown, where, and how large; remembered. */
export class PaneLayout {
  readonly #memory: Memory;
  readonly isOpen;
  readonly place;
  readonly #sizes;

  constructor(memory: Memory) {
    this.#memory = memory;
    const { isOpen, place, below, right } = (memory.read('pane') ?? {}) as Record<string, unknown>;
    this.isOpen = signal(isOpen !== false);
    this.place = signal<PanePlace>(place === 'right' ? 'right' : 'below');
    this.#sizes = signal({ below: sizeOr(below, 'below'), right: sizeOr(right, 'right') });
  }

  get sizePx(): number {
    return this.#sizes.value[this.place.value];
  }

  get leastPx(): number {
    return BOUNDS[this.place.value].least;
  }

  setOpen(isOpen: boolean): void {
    this.isOpen.value = isOpen;
    this.#remember();
  }

  setPlace(place: PanePlace): void {
    this.place.value = place;
    this.#remember();
  }

  /** @param roomPx What list and details have together. */
  resize(sizePx: number, roomPx: number): void {
    const place = this.place.value;
    const size = Math.round(Math.max(Math.min(sizePx, this.mostPx(roomPx)), BOUNDS[place].least));
    this.#sizes.value = { ...this.#sizes.value, [place]: size };
    this.#remember();
  }

  mostPx(roomPx: number): number {
    return Math.max(roomPx - LIST_LEAST_PX[this.place.value], this.leastPx);
  }

  #remember(): void {
    this.#memory.write('pane', { isOpen: this.isOpen.value, place: this.place.value, ...this.#sizes.value });
  }
}

function sizeOr(remembered: unknown, place: PanePlace): number {
  const { least, first } = BOUNDS[place];
  return typeof remembered === 'number' && Number.isFinite(remembered) ? Math.max(remembered, least) : first;
}
