// What the benchmark does in a page of the manager. Each function is sent to the page, so it names nothing outside of itself.

type View = { readonly id: string; readonly sizeBytes: number | null } & Record<string, unknown>;
type World = { readonly applyScreenEvent: (event: object) => void; readonly sceneTransfers: readonly View[] };

/** Milliseconds of script for each of some ticks that tell of `running` transfers: those on top of the list. */
export async function timeTicks(running: number, ticks: number): Promise<number[]> {
  const { applyScreenEvent, sceneTransfers } = window as unknown as World;
  const views = sceneTransfers.slice(0, running);
  const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const times: number[] = [];
  for (let tick = 1; tick <= ticks; tick += 1) {
    const transfers = views.map((view, at) => ({
      ...view,
      state: { phase: 'downloading' },
      sizeBytes: 900_000_000,
      verified: { peerBytes: tick * 1_000_000 + at * 9_000_000, originBytes: tick * 700_000, hereBytes: 0 },
      peerBytesPerS: 1_000_000 + ((tick * 7_919 * (at + 3)) % 5_000_000),
      originBytesPerS: 500_000 + ((tick * 104_729 * (at + 7)) % 3_000_000),
      uploadBytesPerS: (tick * 31 * (at + 1)) % 400_000,
      secondsLeft: 5_000 - tick * 10 - at,
      peersConnected: 1 + ((tick + at) % 9),
    }));
    await nextFrame();
    const startedAtMs = performance.now();
    applyScreenEvent({ type: 'changed', transfers, removed: [] });
    await Promise.resolve().then(() => undefined); // what is drawn anew is drawn in a microtask
    times.push(performance.now() - startedAtMs);
  }
  return times;
}

/** Milliseconds between frames while the list is scrolled from its top, so many pixels a frame. */
export async function timeFrames(frames: number, pxAFrame: number): Promise<number[]> {
  const grid = document.querySelector('[role="grid"]') as HTMLElement;
  const nextFrame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
  grid.scrollTop = 0;
  await nextFrame();
  let lastMs = await nextFrame();
  const times: number[] = [];
  for (let frame = 0; frame < frames; frame += 1) {
    grid.scrollTop += pxAFrame;
    const nowMs = await nextFrame();
    times.push(nowMs - lastMs);
    lastMs = nowMs;
  }
  return times;
}
