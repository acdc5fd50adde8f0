import { PUBLISH_WORDS } from './publish-words.ts';
import type { JobProgress } from './rate-of.ts';

type Props = {
  readonly title: string;
  readonly progress: JobProgress;
  /** What the button that stops it is called. */
  readonly cancelName?: string;
  readonly onCancel: () => void;
};

/** How far a job is, with a way to stop it. */
export function JobBar({ title, progress, cancelName = PUBLISH_WORDS.cancel, onCancel }: Props) {
  const percent = Math.floor((100 * progress.bytes) / progress.sizeBytes);
  const words = PUBLISH_WORDS.progress(progress);
  return (
    <div class="job">
      <p class="job-title">{title}</p>
      <div
        class="job-bar"
        role="progressbar"
        aria-label={title}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
        aria-valuetext={words}
      >
        <span style={{ width: `${percent}%` }} />
      </div>
      <p class="quiet job-figures">{words}</p>
      <button type="button" class="button" aria-label={cancelName} onClick={onCancel}>
        {PUBLISH_WORDS.cancel}
      </button>
    </div>
  );
}
