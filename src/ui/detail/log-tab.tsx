import { useSignal } from '@preact/signals';
import type { LogEntry } from '../../model/transfer-details.ts';
import { explain } from '../explain.ts';
import { dateWords, exactTimeWords, logKindWords, sayDetail } from '../words/detail-words.ts';
import { logWords } from '../words/log-words.ts';
import { LOG_KINDS, type LogKind, logLines, textOfLog } from './log-lines.ts';
import type { TabProps } from './transfer-detail.tsx';

/** What happened, newest first; of one kind, or with a word in it. */
export function LogTab({ model, transfer, actions, announce }: TabProps) {
  const kind = useSignal<LogKind>('all');
  const word = useSignal('');
  const failure = useSignal<string | null>(null);
  const log = model.log.value;
  if (log === null) return <p class="quiet">{sayDetail('asking')}</p>;
  const lines = logLines(log, kind.value, word.value, logWords);
  const copy = async () => {
    const isCopied = await actions.copyText(textOfLog(lines, exactTimeWords));
    announce(sayDetail(isCopied ? 'copied' : 'notCopied'));
  };
  const save = async () => {
    const { id, name } = transfer.peek();
    const reply = await actions.saveLog(id, name);
    announce(reply.ok ? sayDetail('logSaved') : explain(reply.failure).title);
    failure.value = reply.ok ? null : explain(reply.failure).title;
  };
  return (
    <div class="detail-log">
      <div class="log-tools">
        <label>
          <span class="only-spoken">{sayDetail('logKind')}</span>
          <select
            class="select"
            value={kind.value}
            onChange={(event) => {
              kind.value = event.currentTarget.value as LogKind;
            }}
          >
            {LOG_KINDS.map((one) => (
              <option key={one} value={one}>
                {logKindWords(one)}
              </option>
            ))}
          </select>
        </label>
        <input
          class="field"
          type="search"
          aria-label={sayDetail('logWord')}
          placeholder={sayDetail('logWord')}
          value={word.value}
          onInput={(event) => {
            word.value = event.currentTarget.value;
          }}
        />
        <span class="links">
          <button type="button" class="link" disabled={lines.length === 0} onClick={() => void copy()}>
            {sayDetail('copy')}
          </button>
          <button type="button" class="link" title={sayDetail('saveLogHint')} onClick={() => void save()}>
            {sayDetail('saveLog')}
          </button>
        </span>
      </div>
      {failure.value !== null && (
        <p class="field-says" data-wrong="true">
          {failure.value}
        </p>
      )}
      {lines.length === 0 ? (
        <p class="quiet">{sayDetail(log.length === 0 ? 'logEmpty' : 'logNoneSuch')}</p>
      ) : (
        <ol class="log-lines" reversed>
          {lines.map(({ key, entry, words }) => (
            <li key={key} class="log-line" data-what={entry.what} data-weight={weightOf(entry)}>
              <time dateTime={new Date(entry.atMs).toISOString()} title={dateWords(entry.atMs)}>
                {exactTimeWords(entry.atMs)}
              </time>
              <span>{words}</span>
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}

/** Entries that something went wrong with stand out. */
function weightOf({ what }: LogEntry): 'bad' | 'good' | 'plain' {
  switch (what) {
    case 'failed':
    case 'origin-dropped':
    case 'origin-lied':
    case 'peer-lied':
    case 'piece-failed':
    case 'files-lost':
      return 'bad';
    case 'verified':
    case 'saved':
      return 'good';
    default:
      return 'plain';
  }
}
