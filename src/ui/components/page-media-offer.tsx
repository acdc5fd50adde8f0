import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { PageMedia } from '../../model/page-media.ts';
import type { ActionFailure, Actions } from '../actions.ts';
import { displayName } from '../formats/display-name.ts';
import { MEDIA_WORDS } from '../words/media-words.ts';
import { Note } from './note.tsx';

type Props = { readonly actions: Pick<Actions, 'pageMedia' | 'playPageMedia'> };

/** Offers to play what the page in front publishes with a torrent beside it; nothing when it publishes nothing so. */
export function PageMediaOffer({ actions }: Props) {
  const media = useSignal<readonly PageMedia[]>([]);
  const busyWith = useSignal<string | null>(null);
  const failure = useSignal<ActionFailure | 'plays-there' | null>(null);
  useEffect(() => {
    void actions.pageMedia().then((reply) => {
      if (reply.ok) media.value = reply.output.media;
    });
  }, [actions, media]);
  if (media.value.length === 0) return null;
  const play = async ({ fileUrl }: PageMedia) => {
    if (busyWith.value !== null) return;
    busyWith.value = fileUrl;
    const reply = await actions.playPageMedia(fileUrl);
    busyWith.value = null;
    failure.value = !reply.ok ? reply.failure : reply.output.id === null ? 'plays-there' : null;
  };
  return (
    <section class="banner page-media" aria-label={MEDIA_WORDS.offer}>
      <p>{MEDIA_WORDS.means(media.value.length)}</p>
      <ul>
        {media.value.map((one) => (
          <li key={one.fileUrl}>
            <bdi title={one.title}>{displayName(one.title === '' ? nameOf(one.fileUrl) : one.title)}</bdi>
            <button type="button" class="link" disabled={busyWith.value !== null} onClick={() => void play(one)}>
              {busyWith.value === one.fileUrl ? MEDIA_WORDS.starting : MEDIA_WORDS.play}
            </button>
          </li>
        ))}
      </ul>
      <div role="alert">
        {failure.value === 'plays-there' && MEDIA_WORDS.playsThere}
        {failure.value !== null && failure.value !== 'plays-there' && <Note trouble={failure.value} />}
      </div>
    </section>
  );
}

const nameOf = (fileUrl: string): string => new URL(fileUrl).pathname.split('/').at(-1) ?? fileUrl;
