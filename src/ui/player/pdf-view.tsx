import { sayPlayer } from '../words/player-words.ts';
import { PlayerIcon } from './player-icon.tsx';
import { useBlobUrl } from './use-blob-url.ts';

type Props = { readonly bytes: Uint8Array<ArrayBuffer>; readonly name: string };

/** A PDF: the browser's own viewer shows it, in a tab of its own, where the policy of our pages allows it to run. */
export function PdfView({ bytes, name }: Props) {
  const url = useBlobUrl(bytes, 'application/pdf');
  return (
    <div class="cover">
      <PlayerIcon name="file" />
      <p class="cover-title">
        <bdi>{name}</bdi>
      </p>
      <p class="cover-hint">{sayPlayer('pdfHint')}</p>
      <div class="cover-buttons">
        <a class="button button-primary" href={url} target="_blank" rel="opener noreferrer">
          {sayPlayer('pdfOpen')}
        </a>
        <a class="button" href={url} download={name}>
          {sayPlayer('pdfSave')}
        </a>
      </div>
    </div>
  );
}
