import { sayPlayer } from '../words/player-words.ts';
import { PlayerIcon } from './player-icon.tsx';
import { useBlobUrl } from './use-blob-url.ts';

type Props = { readonly bytes: Uint8Array<ArrayBuffer>; readonly name: string; readonly isFramed: boolean };

/** A PDF in the browser's own viewer, which is a page apart with a policy of its own: here, or in a tab. */
export function PdfView({ bytes, name, isFramed }: Props) {
  const url = useBlobUrl(bytes, 'application/pdf');
  const links = (
    <>
      <a class={isFramed ? 'button' : 'button button-primary'} href={url} target="_blank" rel="opener noreferrer">
        {sayPlayer('pdfOpen')}
      </a>
      <a class="button" href={url} download={name}>
        {sayPlayer('pdfSave')}
      </a>
    </>
  );
  if (isFramed) {
    return (
      <>
        <iframe class="pdf" src={url} title={name} />
        <div class="still-buttons pdf-buttons">{links}</div>
      </>
    );
  }
  return (
    <div class="cover">
      <PlayerIcon name="file" />
      <p class="cover-title">
        <bdi>{name}</bdi>
      </p>
      <p class="cover-hint">{sayPlayer('pdfHint')}</p>
      <div class="cover-buttons">{links}</div>
    </div>
  );
}
