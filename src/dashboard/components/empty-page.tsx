import { REPORT_ATTRIBUTE, TORRENT_ATTRIBUTE } from '../../model/publisher-link.ts';
import { StreamsDrawing } from '../../ui/components/streams-drawing.tsx';
import type { DashboardModel } from '../dashboard-model.ts';

type Props = { readonly model: DashboardModel; readonly origin: string };

/** What a publisher sees first: how to get the first download. */
export function EmptyPage({ model, origin }: Props) {
  if (!model.isNew.value)
    return (
      <section class="empty" aria-labelledby="empty-title">
        <StreamsDrawing />
        <h2 id="empty-title">No downloads in these days.</h2>
        <button type="button" class="button" onClick={() => model.choose('all')}>
          Show all days
        </button>
      </section>
    );
  const line = [
    `<a href="${origin}/FILE"`,
    `   ${TORRENT_ATTRIBUTE}="${origin}/FILE.torrent"`,
    `   ${REPORT_ATTRIBUTE}="${origin}">Download</a>`,
  ].join('\n');
  return (
    <section class="empty" aria-labelledby="empty-title">
      <StreamsDrawing />
      <h2 id="empty-title">No downloads yet.</h2>
      <p>Paste this line into your page, with the name of a file that you publish:</p>
      <pre>
        <code>{line}</code>
      </pre>
      <p class="quiet">It is a plain link for everybody, and a swarm for those who have Rivulet.</p>
      <p class="quiet">
        The lines of all your files are at <a href="files">Published files</a>, and “rivulet publish” has put them into
        rivulet/snippets.html of your folder.
      </p>
    </section>
  );
}
