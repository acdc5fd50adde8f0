import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { MAX_LINKS_AT_ONCE } from '../../model/limits.ts';
import type { Actions } from '../actions.ts';
import type { AddModel } from '../add-model.ts';
import { POPUP_WORDS } from '../words/popup-words.ts';

type Props = { readonly adding: AddModel; readonly count: Actions['countPageLinks'] };

/** What the page in front has to add, in one line; nothing when it has nothing, or when that is not known. */
export function PageLinks({ adding, count }: Props) {
  const links = useSignal(0);
  useEffect(() => {
    void count().then((reply) => {
      if (reply.ok) links.value = reply.output.count;
    });
  }, [count, links]);
  if (links.value === 0) return null;
  const add = async () => {
    await adding.takePage();
    if (adding.outcome.value.kind === 'added-many') links.value = 0;
  };
  return (
    <p class="banner page-links">
      {POPUP_WORDS.pageLinks(links.value)}{' '}
      <button type="button" class="link" onClick={() => void add()}>
        {POPUP_WORDS.addPageLinks(links.value, MAX_LINKS_AT_ONCE)}
      </button>
    </p>
  );
}
