import { displayName } from '../../formats/display-name.ts';
import { languageName, sayPlayer } from '../../words/player-words.ts';
import type { OfferedSubtitles } from './subtitle-choice.ts';

/** What each is called: by its language, where that is known, and numbered where several are called the same. */
export function namesOfSubtitles(offered: readonly OfferedSubtitles[]): string[] {
  const seen = new Map<string, number>();
  return offered.map((one) => {
    const name = nameOf(one);
    const number = (seen.get(name) ?? 0) + 1;
    seen.set(name, number);
    return number === 1 ? name : sayPlayer('subtitlesNumbered', { name, number });
  });
}

function nameOf(offered: OfferedSubtitles): string {
  const name = offered.choice.kind === 'torrent' ? fileName(offered) : trackName(offered, offered.choice.track);
  if (offered.kind === 'described') return sayPlayer('subtitlesDescribed', { name });
  return offered.kind === 'forced' ? sayPlayer('subtitlesForced', { name }) : name;
}

const fileName = ({ language, name }: OfferedSubtitles): string =>
  (language === null ? null : languageName(language)) ?? displayName(name ?? '');

/** Language and name, which says more unless it is the language once more: "German – Deutsch" is "German". */
function trackName({ language, name }: OfferedSubtitles, track: number): string {
  const spoken = language === null ? null : languageName(language);
  const said = (name ?? '').replace(KIND, ' ').trim();
  const own = said === '' || (language !== null && isNameOf(said, language)) ? null : displayName(said);
  const words = [spoken, own].filter((word) => word !== null);
  return words.length === 0 ? sayPlayer('trackNumbered', { number: track }) : words.join(' – ');
}

/** What is said of each anyway, in words: "[SDH]". */
const KIND = /[\s([-]*\b(?:sdh|cc|forced)\b[\s)\]]*/gi;

function isNameOf(name: string, language: string): boolean {
  const names = ['en', language].map((inLanguage) => languageName(language, inLanguage));
  return [...names, languageName(language)].some((one) => one?.toLowerCase() === name.toLowerCase());
}
