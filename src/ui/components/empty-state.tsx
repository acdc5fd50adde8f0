import { EMPTY_WORDS } from '../words/empty-words.ts';
import { Icon, type IconName } from './icon.tsx';
import { StreamsDrawing } from './streams-drawing.tsx';

const ICONS: readonly IconName[] = ['link', 'paste', 'drop'];

/** What a list without transfers shows: how to get the first one. */
export function EmptyState() {
  return (
    <section class="empty" aria-labelledby="empty-title">
      <StreamsDrawing />
      <h2 id="empty-title">{EMPTY_WORDS.title}</h2>
      <ul>
        {EMPTY_WORDS.ways.map((way, index) => (
          <li key={way}>
            <Icon name={ICONS[index] ?? 'link'} />
            {way}
          </li>
        ))}
      </ul>
      <p class="quiet">{EMPTY_WORDS.next}</p>
    </section>
  );
}
