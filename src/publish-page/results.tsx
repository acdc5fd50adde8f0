import type { Signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { METALINK_TYPE, TORRENT_TYPE } from '../publishing/media-type.ts';
import type { Publication, Site } from '../publishing/publication.ts';
import { METALINK_SUFFIX, TORRENT_SUFFIX } from '../publishing/publication.ts';
import type { ServerKind } from '../publishing/server-check/fixes.ts';
import { writeMagnet } from '../publishing/write-magnet.ts';
import { writeMetalink } from '../publishing/write-metalink.ts';
import { writeLinkSnippet, writePlayerSnippet } from '../publishing/write-snippet.ts';
import { Icon } from '../ui/components/icon.tsx';
import { hasBrowserTracker } from './advanced.ts';
import { CopyBox } from './copy-box.tsx';
import { headerLines } from './header-lines.ts';
import { PUBLISH_WORDS } from './publish-words.ts';
import { ServerKindSelect } from './server-kind-select.tsx';
import type { TakeAway } from './take-away.ts';
import { zipOfPublication } from './zip-of-publication.ts';

type Props = {
  readonly publication: Publication;
  readonly site: Site;
  readonly kind: Signal<ServerKind>;
  readonly takeAway: TakeAway;
};

/** What a publisher takes away: two files to upload, a line to paste, and more for who wants it. */
export function Results({ publication, site, kind, takeAway }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const { name, file, torrentBytes } = publication;
  const player = writePlayerSnippet(publication, site);
  const { copyText, saveFile } = takeAway;
  const encode = (text: string) => new TextEncoder().encode(text);
  return (
    <section class="results" aria-labelledby="results-title">
      <h3 id="results-title" ref={heading} tabIndex={-1}>
        <Icon name="done" />
        {PUBLISH_WORDS.published}
      </h3>
      <p class="quiet results-name" title={name}>
        {PUBLISH_WORDS.nameAndSize(name, file.sizeBytes)}
      </p>
      {!hasBrowserTracker(publication.trackers) && (
        <div class="note" data-weight="waits">
          <Icon name="inform" />
          <p>
            <span class="note-title">{PUBLISH_WORDS.nobodyMeets}</span>{' '}
            <span class="note-remedy">
              {PUBLISH_WORDS.nobodyMeetsRemedy} <code class="code">{PUBLISH_WORDS.edgeCommand}</code>
            </span>
          </p>
        </div>
      )}
      <ol class="steps">
        <li>
          <h4>{PUBLISH_WORDS.stepUpload}</h4>
          <p class="quiet hint">{PUBLISH_WORDS.stepUploadHint(site.baseUrl)}</p>
          <div class="take">
            <FileButton name={name} suffix={TORRENT_SUFFIX} onSave={(as) => saveFile(as, torrentBytes, TORRENT_TYPE)} />
            <FileButton
              name={name}
              suffix={METALINK_SUFFIX}
              onSave={(as) => saveFile(as, encode(writeMetalink(publication)), METALINK_TYPE)}
            />
          </div>
        </li>
        <li>
          <h4>{PUBLISH_WORDS.stepPaste}</h4>
          <CopyBox
            name={PUBLISH_WORDS.snippet}
            text={writeLinkSnippet(publication, site)}
            rows={5}
            copyText={copyText}
          />
          {player !== null && (
            <details class="more">
              <summary>{PUBLISH_WORDS.playerOffer}</summary>
              <CopyBox
                name={PUBLISH_WORDS.player}
                copyName={PUBLISH_WORDS.copyPlayer}
                text={player}
                rows={7}
                copyText={copyText}
              />
            </details>
          )}
        </li>
        <li>
          <h4>{PUBLISH_WORDS.stepMore}</h4>
          <details class="more">
            <summary>{PUBLISH_WORDS.headers}</summary>
            <p class="quiet hint">{PUBLISH_WORDS.headersHint}</p>
            <ServerKindSelect kind={kind} />
            <CopyBox
              name={PUBLISH_WORDS.headers}
              copyName={PUBLISH_WORDS.copyHeaders}
              text={headerLines(kind.value, publication)}
              rows={8}
              copyText={copyText}
            />
          </details>
          <details class="more">
            <summary>{PUBLISH_WORDS.magnet}</summary>
            <p class="quiet hint">{PUBLISH_WORDS.magnetHint}</p>
            <CopyBox
              name={PUBLISH_WORDS.magnet}
              copyName={PUBLISH_WORDS.copyMagnet}
              text={writeMagnet(publication)}
              rows={4}
              copyText={copyText}
            />
          </details>
        </li>
      </ol>
      <div class="take">
        <button
          type="button"
          class="button button-primary"
          onClick={() => saveFile(`${name}.rivulet.zip`, zipOfPublication(publication, site), 'application/zip')}
        >
          {PUBLISH_WORDS.everything}
        </button>
        <p class="quiet">{PUBLISH_WORDS.everythingHint}</p>
      </div>
      <p class="quiet hint verify">
        {PUBLISH_WORDS.verify} <code class="code">{`npx rivulet verify ${publication.url}`}</code>
      </p>
    </section>
  );
}

type FileButtonProps = {
  readonly name: string;
  readonly suffix: string;
  readonly onSave: (fileName: string) => void;
};

/** Saves a file that is called after the published one. Of a long name the end stays to be seen. */
function FileButton({ name, suffix, onSave }: FileButtonProps) {
  return (
    <button type="button" class="button" aria-label={name + suffix} onClick={() => onSave(name + suffix)}>
      <Icon name="drop" />
      <span class="file-name">
        <span class="stem">{name}</span>
        <span>{suffix}</span>
      </span>
    </button>
  );
}
