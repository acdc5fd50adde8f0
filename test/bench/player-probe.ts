// Runs in a page that plays a film, before the page's own scripts: in a copy of player.html, and in pages of competitors.
// Times are milliseconds since the page's navigation began.

export type PlayerTimes = {
  /** The first frame that was presented. */
  firstFrameMs: number | null;
  /** The first frame after that one. */
  movingMs: number | null;
  /** Since the picture moved, and before a jump. */
  stallsMs: number[];
  /** From the jump to the first frame that was presented from there. */
  jumpMs: number | null;
  error: string | null;
  source: string;
};
/** What this script offers to the bench, as members of `window`. */
export type PlayerInPage = {
  readonly playerTimes: PlayerTimes;
  readonly jumpTo: (part: number) => void;
};

const times: PlayerTimes = {
  firstFrameMs: null,
  movingMs: null,
  stallsMs: [],
  jumpMs: null,
  error: null,
  source: '',
};
const known = new WeakSet<HTMLMediaElement>();
let watched: HTMLVideoElement | null = null;
let jump: { readonly atMs: number; readonly targetS: number } | null = null;

function watch(media: HTMLVideoElement): void {
  if (known.has(media)) return;
  known.add(media);
  watched = media;
  media.muted = true; // a browser may want a click before anything sounds
  let firstS: number | null = null;
  const presented: VideoFrameRequestCallback = (_, { mediaTime }) => {
    const nowMs = performance.now();
    firstS ??= mediaTime;
    times.firstFrameMs ??= nowMs;
    if (mediaTime > firstS) times.movingMs ??= nowMs;
    if (jump !== null && mediaTime > jump.targetS - 1) times.jumpMs ??= nowMs - jump.atMs;
    media.requestVideoFrameCallback(presented);
  };
  media.requestVideoFrameCallback(presented);
  media.addEventListener('waiting', () => {
    if (times.movingMs !== null && jump === null) times.stallsMs.push(performance.now());
  });
  media.addEventListener('error', () => {
    times.error = media.error === null ? null : `${media.error.code} ${media.error.message}`;
  });
  media.addEventListener('loadstart', () => {
    times.source = media.currentSrc.slice(0, 5);
  });
}

const watchAll = (): void => {
  for (const media of document.querySelectorAll('video')) watch(media);
};
new MutationObserver(watchAll).observe(document, { subtree: true, childList: true });
watchAll();

Object.assign(window, {
  playerTimes: times,
  jumpTo: (part) => {
    if (watched === null) return;
    const targetS = watched.duration * part;
    jump = { atMs: performance.now(), targetS };
    watched.currentTime = targetS;
  },
} satisfies PlayerInPage);
