import { useMemo } from 'preact/hooks';
import { formatBytes } from '../formats/format-bytes.ts';
import { sayPlayer } from '../words/player-words.ts';
import { decodeText } from './decode-text.ts';

type Props = { readonly bytes: Uint8Array<ArrayBuffer>; readonly name: string; readonly lengthBytes: number };

/** A text, or its beginning, as it is: no markup is read in it. */
export function TextView({ bytes, name, lengthBytes }: Props) {
  const isCut = bytes.length < lengthBytes;
  const { text, encoding } = useMemo(() => decodeText(bytes, isCut), [bytes]);
  if (isBinary(text)) {
    return (
      <div class="cover">
        <p class="cover-title">{sayPlayer('textBinary')}</p>
      </div>
    );
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys (WCAG 2.1.1)
    <section class="text" aria-label={name} tabIndex={0}>
      {isCut && (
        <p class="text-note">
          {sayPlayer('textCut', { shown: formatBytes(bytes.length), all: formatBytes(lengthBytes) })}
        </p>
      )}
      <pre dir="auto">{text}</pre>
      <p class="text-note">{sayPlayer('encoding', { encoding: encoding.toUpperCase() })}</p>
    </section>
  );
}

const isBinary = (text: string): boolean => text.slice(0, 4096).includes('\0');
