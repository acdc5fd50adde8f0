/** What the browser shows of what this page plays. Seconds. */
export type Session = {
  readonly title: string;
  readonly album: string;
  readonly isPlaying: boolean;
  readonly timeS: number;
  readonly durationS: number | null;
  readonly speed: number;
};

export type SessionHandlers = {
  readonly play: () => void;
  readonly pause: () => void;
  readonly seekTo: (timeS: number) => void;
  readonly seekBy: (seconds: number) => void;
  readonly next: (() => void) | null;
  readonly previous: (() => void) | null;
};

const STEP_S = 10;

/**
 * Tells the browser what plays, and lets it be controlled from outside the page: keys for media, headsets, the lock
 * screen. @see https://www.w3.org/TR/mediasession/
 */
export function showMediaSession(now: Session, handlers: SessionHandlers): void {
  const { mediaSession } = navigator;
  if (mediaSession === undefined) return;
  if (mediaSession.metadata?.title !== now.title || mediaSession.metadata.album !== now.album) {
    mediaSession.metadata = new MediaMetadata({ title: now.title, album: now.album });
  }
  mediaSession.playbackState = now.isPlaying ? 'playing' : 'paused';
  const { durationS, speed } = now;
  if (durationS !== null) {
    mediaSession.setPositionState({
      duration: durationS,
      position: Math.min(Math.max(now.timeS, 0), durationS),
      playbackRate: speed,
    });
  }
  const actions: readonly (readonly [MediaSessionAction, MediaSessionActionHandler | null])[] = [
    ['play', handlers.play],
    ['pause', handlers.pause],
    ['stop', handlers.pause],
    ['seekto', ({ seekTime }) => (seekTime == null ? undefined : handlers.seekTo(seekTime))],
    ['seekforward', ({ seekOffset }) => handlers.seekBy(seekOffset ?? STEP_S)],
    ['seekbackward', ({ seekOffset }) => handlers.seekBy(-(seekOffset ?? STEP_S))],
    ['nexttrack', handlers.next],
    ['previoustrack', handlers.previous],
  ];
  for (const [action, handler] of actions) {
    try {
      mediaSession.setActionHandler(action, handler);
    } catch {
      // An action that this browser does not know.
    }
  }
}
