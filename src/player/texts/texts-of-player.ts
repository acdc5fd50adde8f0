import { computed, effect, type ReadonlySignal, signal } from '@preact/signals';
import type { FileIndex } from '../../model/ids.ts';
import type { PlayerPhase, PlayerState } from '../../model/player-view.ts';
import { inOrder, MAX_CUES, type SubtitleCue } from '../../ui/player/subtitles/subtitle-cue.ts';
import type { PartlyHere } from './file-window.ts';
import type { InsideTexts } from './inside-text.ts';
import { openTexts } from './open-texts.ts';
import { storedUntil } from './stored-stretches.ts';

/** A subtitle that began so long ago may still be shown. */
const BEHIND_S = 20;
/** As far as films are buffered: nothing is read for later, and nothing is fetched for texts at all. */
const AHEAD_S = 30;
/** What has not been found after so many looks is not there. */
const MAX_TRIES = 40;
const NONE: InsideTexts['tracks'] = [];

export type TextsPorts = {
  readonly state: ReadonlySignal<PlayerState>;
  /** Reads bytes of a file in the store that are here. */
  readonly readStored: (file: FileIndex, startByte: number, endByte: number) => Promise<Uint8Array>;
  /** Seconds at which the element plays. */
  readonly playedAtS: () => number;
  /** Resolves when it has moved on, or when it is time to look again. */
  readonly moved: (signal: AbortSignal) => Promise<void>;
};

/** The texts inside the file that is played: the state of a player with them in it, and their cues. */
export type TextsOfPlayer = {
  readonly state: ReadonlySignal<PlayerState>;
  /** See `followText` of the actions. */
  readonly follow: (
    track: number,
    onCues: (cues: readonly SubtitleCue[]) => void,
    signal: AbortSignal,
  ) => Promise<void>;
};

/** The head of a file has been read by then, and is here as soon as the engine has said so. */
const IS_READ: ReadonlySet<PlayerPhase['phase']> = new Set(['filling', 'playable', 'whole-first']);

/** Looks into each file that a player plays for texts. It asks for no bytes: it reads what is here. */
export function textsOfPlayer(ports: TextsPorts): TextsOfPlayer {
  const { state } = ports;
  const found = signal<InsideTexts | null>(null);
  const file = computed(() => (IS_READ.has(state.value.phase.phase) ? state.value.file : null));
  const stored = computed(() => {
    const { lengthBytes, pieceLengthBytes, leadBytes, told } = state.value;
    return storedUntil({ lengthBytes, pieceLengthBytes, leadBytes, pieces: told?.pieces ?? [] });
  });
  effect(() => {
    const played = file.value;
    found.value = null;
    return played === null ? undefined : look(played);
  });

  /** Looks into a file as soon as the engine has said what is here of it. @returns what ends that. */
  function look(played: FileIndex): () => void {
    const leaving = new AbortController();
    const partly: PartlyHere = {
      lengthBytes: state.peek().lengthBytes,
      hereUntil: (byte) => stored.peek()(byte),
      read: (startByte, endByte) => ports.readStored(played, startByte, endByte),
    };
    const tries = async () => {
      for (let count = 0; count < MAX_TRIES && !leaving.signal.aborted; count++) {
        const texts = state.peek().told === null ? null : await openTexts(partly).catch(() => null);
        if (leaving.signal.aborted) return;
        if (texts !== null) found.value = texts;
        if (texts !== null) return;
        await ports.moved(leaving.signal);
      }
    };
    void tries();
    return () => leaving.abort();
  }

  const shown = computed<PlayerState>(() => {
    const { tracks = NONE, hasUnreadable = false } = found.value ?? {};
    return { ...state.value, text: tracks, hasUnreadableText: hasUnreadable };
  });
  return {
    state: shown,
    follow: async (track, onCues, signal) => {
      const reader = found.peek()?.open(track);
      let cues: SubtitleCue[] = [];
      while (reader !== undefined && !signal.aborted) {
        const atS = ports.playedAtS();
        const more = await reader.read(atS - BEHIND_S, atS + AHEAD_S).catch(() => []); // tried again in a moment
        if (signal.aborted) return;
        if (more.length > 0 && cues.length < MAX_CUES) {
          cues = inOrder([...cues, ...more]);
          onCues(cues);
        }
        await ports.moved(signal);
      }
    },
  };
}
