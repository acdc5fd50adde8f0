import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { PlayControl } from '../../src/player/play-control.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** An element that plays when it is told to, with as much buffered as a test says. */
class Element extends EventTarget {
  paused = true;
  ended = false;
  seeking = false;
  currentTime = 0;
  duration = 100;
  readyState = 4;
  networkState = 2;
  playbackRate = 1;
  mayPlay = true;

  async play(): Promise<void> {
    if (!this.mayPlay) throw new DOMException('a click first', 'NotAllowedError');
    if (!this.paused) return;
    this.paused = false;
    this.#tellSoon('play');
  }

  pause(): void {
    if (this.paused) return;
    this.paused = true;
    this.#tellSoon('pause');
  }

  /** Browsers tell a task later (HTML, "queue a media element task"). */
  #tellSoon(event: string): void {
    setTimeout(() => this.dispatchEvent(new Event(event)), 1);
  }

  runsDry(): void {
    this.readyState = 2;
    this.dispatchEvent(new Event('waiting'));
  }
}

function controlled(neededS = 0.5) {
  const media = new Element();
  const now = { aheadS: 0, neededS };
  const told: string[] = [];
  const control = new PlayControl(media as unknown as HTMLMediaElement, {
    reservePart: (standstills) => Math.min(now.aheadS / (now.neededS * 2 ** standstills), 1),
    aheadS: () => now.aheadS,
    onChange: (wants, part) => told.push(`${wants} ${part}`),
  });
  const pass = () => vi.advanceTimersByTimeAsync(250);
  /** Buffers so much, and says whether it plays then. */
  const plays = async (aheadS: number) => {
    now.aheadS = aheadS;
    await pass();
    return !media.paused;
  };
  return { media, now, told, control, pass, plays };
}

describe('playing begins', () => {
  test('when there is enough in reserve', async () => {
    const { control, plays } = controlled(2);
    control.play();
    expect(await plays(1.9)).toBe(false);
    expect(await plays(2)).toBe(true);
  });

  test('when the rest of it is there', async () => {
    const { control, media, plays } = controlled(3);
    media.currentTime = 99;
    control.play();
    expect(await plays(1)).toBe(true);
  });

  test('never before the user wants it, and never with a click that the browser waits for', async () => {
    const { plays } = controlled();
    expect(await plays(50)).toBe(false);
    const blocked = controlled();
    blocked.media.mayPlay = false;
    blocked.control.play();
    expect(await blocked.plays(50)).toBe(false);
    expect(blocked.told.at(-1)).toBe('false null');
    blocked.media.mayPlay = true;
    blocked.control.play();
    expect(await blocked.plays(50)).toBe(true);
  });

  test('and tells how far it is', async () => {
    const { control, plays, told } = controlled();
    control.play();
    await plays(0.25);
    await plays(0.5);
    expect(told).toEqual(['true 0', 'true 0.5', 'true null']);
  });
});

describe('what has run dry', () => {
  test('waits for twice as much each time', async () => {
    const { control, media, now, plays } = controlled();
    control.play();
    await plays(0.5);
    for (const [tooLittleS, enoughS] of [
      [0.9, 1],
      [1.9, 2],
    ] as const) {
      media.currentTime += 5;
      now.aheadS = 0;
      media.runsDry();
      expect(media.paused).toBe(true);
      media.readyState = 4;
      expect(await plays(tooLittleS)).toBe(false);
      expect(await plays(enoughS)).toBe(true);
    }
  });

  test('because of a jump has not stood still', async () => {
    const { control, media, now, plays } = controlled();
    control.play();
    await plays(0.5);
    media.currentTime = 70;
    media.seeking = true;
    now.aheadS = 0;
    media.runsDry();
    expect(await plays(0.5)).toBe(false);
    media.seeking = false;
    media.readyState = 4;
    expect(await plays(0.5)).toBe(true);
  });

  test('stays still when the user pauses meanwhile', async () => {
    const { control, media, told, plays } = controlled();
    control.play();
    await plays(0.5);
    media.runsDry();
    control.pause();
    media.readyState = 4;
    expect(await plays(50)).toBe(false);
    expect(told.at(-1)).toBe('false null');
  });
});

test('a pause from outside of the page is one', async () => {
  const { control, media, told, plays } = controlled();
  control.play();
  await plays(5);
  media.pause();
  expect(await plays(50)).toBe(false);
  expect(told.at(-1)).toBe('false null');
  await media.play();
  expect(await plays(50)).toBe(true);
  expect(told.at(-1)).toBe('true null');
});

describe('what the browser tells late', () => {
  test('of a standstill that is over does not make a film that plays look paused', async () => {
    const { control, media, now, told, pass, plays } = controlled();
    control.play();
    await plays(0.5);
    media.runsDry(); // it is paused, and the event for that is on its way
    media.readyState = 4;
    now.aheadS = 50;
    media.dispatchEvent(new Event('canplay'));
    expect(media.paused).toBe(false);
    await pass();
    expect([media.paused, told.at(-1), told.includes('false null')]).toEqual([false, 'true null', false]);
  });

  test('of a start does not undo the pause that came after it', async () => {
    const { control, media, now, told, pass } = controlled();
    now.aheadS = 50;
    control.play(); // it plays, and the event for that is on its way
    expect(media.paused).toBe(false);
    control.pause();
    await pass();
    expect([media.paused, told.at(-1)]).toEqual([true, 'false null']);
  });
});
