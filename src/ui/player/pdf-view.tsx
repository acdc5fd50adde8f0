import { sayPlayer } from '../words/player-words.ts';
import type { FaceActions } from './face-actions.ts';
import { PlayerIcon } from './player-icon.tsx';
import { useBlobUrl } from './use-blob-url.ts';

type Props = {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly name: string;
  readonly shown: FaceActions['showsPdf'];
};
/** Chromium's viewer leaves its list of pages closed then: the page is narrow as it is. */
const WITHOUT_LIST = '#navpanes=0';

/** A PDF in the browser's own viewer, which is a page apart with a policy of its own: here, or in a tab. */
export function PdfView({ bytes, name, shown }: Props) {
  const url = useBlobUrl(bytes, 'application/pdf');
  const links = (
    <>
      {shown !== 'nowhere' && (
        <a
          class={shown === 'here' ? 'button' : 'button button-primary'}
          href={url}
          target="_blank"
          rel="opener noreferrer"
        >
          {sayPlayer('pdfOpen')}
        </a>
      )}
      <a class={shown === 'nowhere' ? 'button button-primary' : 'button'} href={url} download={name}>
        {sayPlayer('pdfSave')}
      </a>
    </>
  );
  if (shown === 'here') {
    return (
      <>
        <iframe class="pdf" src={`${url}${WITHOUT_LIST}`} title={name} />
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
      <p class="cover-hint">{sayPlayer(shown === 'nowhere' ? 'pdfNoViewer' : 'pdfHint')}</p>
      <div class="cover-buttons">{links}</div>
    </div>
  );
}
