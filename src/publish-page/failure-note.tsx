import { Icon } from '../ui/components/icon.tsx';

/** What went wrong and what to do about it, in the words of this page. */
export function FailureNote({ title, remedy }: { readonly title: string; readonly remedy: string }) {
  return (
    <div class="note" data-weight="stops" role="alert">
      <Icon name="alert" />
      <p>
        <span class="note-title">{title}</span> <span class="note-remedy">{remedy}</span>
      </p>
    </div>
  );
}
