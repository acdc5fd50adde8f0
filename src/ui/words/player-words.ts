import english from '../../_locales/en/player.json' with { type: 'json' };
import type { PieceLook } from '../../model/player.ts';
import { spokenTag, wordsOf } from '../../words/say.ts';
import { numberTag } from '../../words/spoken.ts';
import { displayName } from '../formats/display-name.ts';
import { formatBytes } from '../formats/format-bytes.ts';
import type { Cover } from '../player/cover-state.ts';
import type { SubtitleSize } from '../player/remembered.ts';

/** Everything a player says. Names of controls are a contract: programs look for them. */
export const sayPlayer = wordsOf('player', english);

/** A language by its name in the language of the screen, or another; null when there is none of that tag. */
export function languageName(tag: string, inLanguage = spokenTag()): string | null {
  try {
    const names = new Intl.DisplayNames([inLanguage], { type: 'language', fallback: 'none' });
    const name = names.of(tag);
    return name === undefined ? null : name.charAt(0).toLocaleUpperCase(inLanguage) + name.slice(1);
  } catch {
    return null;
  }
}

/** `1.25×`, as the language writes numbers. */
export const speedWords = (speed: number): string =>
  sayPlayer('speedValue', { speed: speed.toLocaleString(numberTag(), { maximumFractionDigits: 2 }) });

/** Seconds with a sign: `+0.5 s`. */
export const delayWords = (seconds: number): string =>
  sayPlayer('subtitlesSeconds', {
    seconds: seconds.toLocaleString(numberTag(), { signDisplay: 'exceptZero', maximumFractionDigits: 2 }),
  });

/** How large subtitles are. */
export const sizeWords = (size: SubtitleSize): string =>
  sayPlayer(({ small: 'sizeSmall', medium: 'sizeMedium', large: 'sizeLarge', huge: 'sizeHuge' } as const)[size]);

/** What a colour of the time line stands for; null for what needs no words. */
export function lookWords(look: PieceLook): string | null {
  switch (look) {
    case 'peer':
      return sayPlayer('piecePeer');
    case 'origin':
      return sayPlayer('pieceOrigin');
    case 'mixed':
      return sayPlayer('pieceMixed');
    case 'here':
      return sayPlayer('pieceHere');
    case 'asked':
      return sayPlayer('pieceAsked');
    case 'missing':
    case 'bad':
      return null;
  }
}

/** `3 peers and 1 origin`; null when nobody is there. */
export function sourcesWords(peers: number, origins: number): string | null {
  const first = peers > 0 ? sayPlayer.count('peers', peers) : null;
  const second = origins > 0 ? sayPlayer.count('origins', origins) : null;
  if (first !== null && second !== null) return sayPlayer('and', { first, second });
  return first ?? second;
}

/** What a cover is about, and what helps; null for those that only wait. */
export function coverWords(cover: Cover): { readonly title: string; readonly hint: string | null } {
  switch (cover.kind) {
    case 'opening':
    case 'looking':
    case 'buffering':
      return { title: sayPlayer(cover.kind), hint: null };
    case 'finding':
      return { title: sayPlayer('finding'), hint: sayPlayer('findingHint') };
    case 'filling':
      return { title: sayPlayer('filling'), hint: null };
    case 'lost':
      return { title: sayPlayer('lostTitle'), hint: sayPlayer('lostHint') };
    case 'gone':
      return { title: sayPlayer('goneTitle'), hint: sayPlayer('goneHint') };
    case 'paused':
      return { title: sayPlayer('pausedTitle'), hint: sayPlayer('pausedHint') };
    case 'media-error':
      return { title: sayPlayer('mediaError'), hint: sayPlayer('mediaErrorHint') };
    case 'stopped':
      return { title: sayPlayer('stoppedTitle'), hint: sayPlayer('stoppedHint') };
    case 'saved':
      return { title: sayPlayer('savedTitle'), hint: sayPlayer('savedHint') };
    case 'whole-first': {
      const [here, all] = [formatBytes(cover.hereBytes), formatBytes(cover.lengthBytes)];
      return { title: sayPlayer('wholeFirst'), hint: sayPlayer('wholeFirstHint', { here, all }) };
    }
    case 'unplayable':
      return { title: unplayableTitle(cover), hint: sayPlayer('unplayableHint') };
  }
}

function unplayableTitle({ what, name }: Extract<Cover, { readonly kind: 'unplayable' }>): string {
  if (name === null) return sayPlayer('unplayableFile');
  const shown = displayName(name);
  if (what === 'container') return sayPlayer('unplayableContainer', { container: shown });
  return sayPlayer(what === 'video' ? 'unplayableVideo' : 'unplayableAudio', { codec: shown });
}
