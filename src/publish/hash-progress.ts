import { formatBytes } from '../ui/formats/format-bytes.ts';

/** Moves to the start of the line and clears it. */
const REWRITE = '\r\u001b[K';
const BAR_CHARS = 24;

export type HashProgress = {
  readonly start: (files: number, bytes: number) => void;
  readonly show: (doneBytes: number) => void;
  readonly finished: (name: string, bytes: number) => void;
  /** Clears the line, so that what follows stands alone. */
  readonly end: () => void;
};

/**
 * Tells how far hashing is: one line that is written over on a terminal, one line for each finished file elsewhere.
 * @param columns width of the terminal, null for none.
 * @param nowMs a clock in ms, for the rate.
 */
export function makeHashProgress(
  tell: (text: string) => void,
  columns: number | null,
  nowMs: () => number,
): HashProgress {
  let total = { files: 0, bytes: 0 };
  let doneFiles = 0;
  let startedAtMs = 0;
  return {
    start(files, bytes) {
      total = { files, bytes };
      startedAtMs = nowMs();
    },
    show(doneBytes) {
      if (columns === null || total.bytes === 0) return;
      const share = Math.min(1, doneBytes / total.bytes);
      const filled = Math.round(share * BAR_CHARS);
      const bar = '█'.repeat(filled) + '░'.repeat(BAR_CHARS - filled);
      const seconds = (nowMs() - startedAtMs) / 1000;
      const rate = seconds > 0 ? `${formatBytes(doneBytes / seconds)}/s` : '';
      const line = `${bar} ${Math.floor(share * 100)} %  ${doneFiles} of ${total.files} hashed  ${rate}`;
      tell(REWRITE + line.slice(0, columns - 1));
    },
    finished(name, bytes) {
      doneFiles += 1;
      if (columns === null) tell(`Hashed ${name} (${formatBytes(bytes)}), ${doneFiles} of ${total.files}\n`);
    },
    end() {
      if (columns !== null && total.bytes > 0) tell(REWRITE);
    },
  };
}
