import type { Signal } from '@preact/signals';
import { SERVER_KIND_NAMES, SERVER_KINDS, type ServerKind } from '../publishing/server-check/fixes.ts';
import { Icon } from '../ui/components/icon.tsx';
import { PUBLISH_WORDS } from './publish-words.ts';

/** What the publisher's server is: one choice for the whole page. */
export function ServerKindSelect({ kind }: { readonly kind: Signal<ServerKind> }) {
  return (
    <span class="select">
      <select
        aria-label={PUBLISH_WORDS.serverKind}
        value={kind.value}
        onChange={(event) => {
          kind.value = event.currentTarget.value as ServerKind;
        }}
      >
        {SERVER_KINDS.map((one) => (
          <option key={one} value={one}>
            {SERVER_KIND_NAMES[one]}
          </option>
        ))}
      </select>
      <Icon name="choose" />
    </span>
  );
}
