import type { Statistics } from '../../model/statistics.ts';
import { Icon } from '../../ui/components/icon.tsx';
import { formatBytes } from '../../ui/formats/format-bytes.ts';
import type { DashboardModel } from '../dashboard-model.ts';
import { NOTE_WORDS } from '../statistics-words.ts';

/** What must be known to read the figures rightly, and what clients claim. */
export function Notes({ statistics: { notes, totals } }: { readonly statistics: Statistics }) {
  const { claims } = totals;
  const hasClaims = claims.completed + claims.failed + claims.cancelled > 0;
  return (
    <div class="notes">
      {notes.map((note) => (
        <div class="note" data-weight="waits" key={note}>
          <Icon name="wait" />
          <p>
            {NOTE_WORDS[note].title} <span class="note-remedy">{NOTE_WORDS[note].meaning}</span>
          </p>
        </div>
      ))}
      {hasClaims && (
        <div class="note" data-weight="informs" id="claims">
          <Icon name="inform" />
          <p class="quiet">
            Clients report {formatBytes(claims.peerBytes)} from peers and {formatBytes(claims.originBytes)} from the
            origin in {claims.completed.toLocaleString('en')} finished downloads, {claims.proven.toLocaleString('en')}{' '}
            of them proven. These are claims: savings are not computed from them, but from what the origin sent.
          </p>
        </div>
      )}
    </div>
  );
}

/** Why the numbers are not fresh. */
export function Trouble({ model }: { readonly model: DashboardModel }) {
  if (model.trouble.value === null) return null;
  const isOld = model.statistics.value !== null;
  return (
    <div class="note" data-weight="stops" role="alert">
      <Icon name="alert" />
      <p>
        {model.trouble.value}{' '}
        <span class="note-remedy">
          {isOld ? 'These are the last numbers that came. ' : ''}The page goes on asking every few seconds.
        </span>
      </p>
    </div>
  );
}
