import { useSignal } from '@preact/signals';
import { sayPlayer } from '../words/player-words.ts';
import { PlayerButton } from './player-button.tsx';
import { useBlobUrl } from './use-blob-url.ts';

/** Types that a browser does not tell by the bytes themselves. */
const TYPES: Readonly<Record<string, string>> = { svg: 'image/svg+xml' };
const STEP = 1.25;
const MOST = 8;
const LEAST = 0.1;

type Props = { readonly bytes: Uint8Array<ArrayBuffer>; readonly name: string };

/** An image, fitted into the stage or at a size of its own, and then it can be scrolled. */
export function ImageView({ bytes, name }: Props) {
  const url = useBlobUrl(bytes, TYPES[name.split('.').at(-1)?.toLowerCase() ?? ''] ?? '');
  const natural = useSignal<{ readonly width: number; readonly height: number } | null>(null);
  /** Null: fitted. */
  const zoom = useSignal<number | null>(null);
  const isBroken = useSignal(false);
  const fitted = useSignal(1);
  const change = (by: number) => {
    zoom.value = Math.min(Math.max((zoom.value ?? fitted.value) * by, LEAST), MOST);
  };
  if (isBroken.value) {
    return (
      <div class="cover">
        <p class="cover-title">{sayPlayer('imageFailed')}</p>
      </div>
    );
  }
  const width = zoom.value === null || natural.value === null ? null : natural.value.width * zoom.value;
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys (WCAG 2.1.1) */}
      <section class="image" aria-label={name} tabIndex={0} data-fit={zoom.value === null}>
        <img
          src={url}
          alt={name}
          style={width === null ? {} : { width: `${width}px` }}
          onLoad={(event) => {
            const { naturalWidth, naturalHeight, clientWidth } = event.currentTarget;
            natural.value = { width: naturalWidth || clientWidth, height: naturalHeight };
            fitted.value = clientWidth / (naturalWidth || clientWidth || 1);
          }}
          onError={() => {
            isBroken.value = true;
          }}
        />
      </section>
      <fieldset class="still-buttons" aria-label={sayPlayer('controls')}>
        <PlayerButton icon="zoom-out" name={sayPlayer('zoomOut')} onClick={() => change(1 / STEP)} />
        <span class="still-zoom">
          {sayPlayer('zoomValue', { percent: Math.round((zoom.value ?? fitted.value) * 100) })}
        </span>
        <PlayerButton icon="zoom-in" name={sayPlayer('zoomIn')} onClick={() => change(STEP)} />
        <PlayerButton
          icon="fit"
          name={sayPlayer('fit')}
          aria-pressed={zoom.value === null}
          onClick={() => {
            zoom.value = null;
          }}
        />
      </fieldset>
    </>
  );
}
