import english from '../../_locales/en/player.json' with { type: 'json' };
import { spokenTag, wordsOf } from '../../words/say.ts';
import { displayName } from '../formats/display-name.ts';
import { formatBytes } from '../formats/format-bytes.ts';
import type { Cover } from '../player/cover-state.ts';

/** Everything a player says. Names of controls are a contract: programs look for them. */
export const sayPlayer = wordsOf('player', english);

/** A language by its name in the language of the screen; null when there is none of that tag. */
export function languageName(tag: string): string | null {
  try {
    const names = new Intl.DisplayNames([spokenTag()], { type: 'language', fallback: 'none' });
    const name = names.of(tag);
    return name === undefined ? null : name.charAt(0).toLocaleUpperCase(spokenTag()) + name.slice(1);
  } catch {
    return null;
  }
}

/** `1.25×`, as the language writes numbers. */
export const speedWords = (speed: number): string =>
  sayPlayer('speed_value', { speed: speed.toLocaleString(spokenTag(), { maximumFractionDigits: 2 }) });

/** Seconds with a sign: `+0.5 s`. */
export const delayWords = (seconds: number): string =>
  sayPlayer('subtitles_seconds', {
    seconds: seconds.toLocaleString(spokenTag(), { signDisplay: 'exceptZero', maximumFractionDigits: 2 }),
  });

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
      return { title: sayPlayer('finding'), hint: sayPlayer('finding_hint') };
    case 'filling':
      return { title: sayPlayer('filling'), hint: null };
    case 'lost':
      return { title: sayPlayer('lost_title'), hint: sayPlayer('lost_hint') };
    case 'gone':
      return { title: sayPlayer('gone_title'), hint: sayPlayer('gone_hint') };
    case 'paused':
      return { title: sayPlayer('paused_title'), hint: sayPlayer('paused_hint') };
    case 'media-error':
      return { title: sayPlayer('media_error'), hint: sayPlayer('media_error_hint') };
    case 'stopped':
      return { title: sayPlayer('stopped_title'), hint: sayPlayer('stopped_hint') };
    case 'saved':
      return { title: sayPlayer('saved_title'), hint: sayPlayer('saved_hint') };
    case 'whole-first': {
      const [here, all] = [formatBytes(cover.hereBytes), formatBytes(cover.lengthBytes)];
      return { title: sayPlayer('whole_first'), hint: sayPlayer('whole_first_hint', { here, all }) };
    }
    case 'unplayable':
      return { title: unplayableTitle(cover), hint: sayPlayer('unplayable_hint') };
  }
}

function unplayableTitle({ what, name }: Extract<Cover, { readonly kind: 'unplayable' }>): string {
  if (name === null) return sayPlayer('unplayable_file');
  const shown = displayName(name);
  if (what === 'container') return sayPlayer('unplayable_container', { container: shown });
  return sayPlayer(what === 'video' ? 'unplayable_video' : 'unplayable_audio', { codec: shown });
}
