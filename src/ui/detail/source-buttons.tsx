import { useSignal } from '@preact/signals';
import { IconButton } from '../components/icon-button.tsx';
import { explain } from '../explain.ts';
import { displayName } from '../formats/display-name.ts';
import { sayDetail } from '../words/detail-words.ts';
import { CopyButton } from './copy-button.tsx';
import type { TabProps } from './transfer-detail.tsx';

type Props = TabProps & {
  readonly url: string;
  readonly host: string;
  /** It is this transfer's own: one that comes from the settings, or that another origin names, would come back. */
  readonly isOwn: boolean;
};

/** What is done with one source: copying its address, and taking it from this transfer, which is asked about first. */
export function SourceButtons({ url, host, isOwn, model, actions, announce }: Props) {
  const isAsking = useSignal(false);
  const name = displayName(host);
  const remove = async () => {
    isAsking.value = false;
    const reply = await actions.removeSource(model.id, url);
    announce(reply.ok ? sayDetail('sourceRemoved', { host: name }) : explain(reply.failure).title);
    model.askNow();
  };
  if (isAsking.value) {
    return (
      // biome-ignore lint/a11y/useSemanticElements: a fieldset groups fields, these are buttons
      <span class="row-question" role="group" aria-label={sayDetail('removeSourceQuestion', { host: name })}>
        <button type="button" class="button button-small button-danger" onClick={() => void remove()}>
          {sayDetail('remove')}
        </button>
        <button
          type="button"
          class="button button-small"
          ref={(button) => button?.focus()}
          onClick={() => {
            isAsking.value = false;
          }}
        >
          {sayDetail('cancel')}
        </button>
      </span>
    );
  }
  return (
    <span class="row-buttons">
      <CopyButton text={url} name={sayDetail('copyAddress', { host: name })} actions={actions} announce={announce} />
      {isOwn && (
        <IconButton
          icon="remove"
          name={sayDetail('removeSource', { host: name })}
          onClick={() => {
            isAsking.value = true;
          }}
        />
      )}
    </span>
  );
}
