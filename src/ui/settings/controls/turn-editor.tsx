import { useSignal } from '@preact/signals';
import { useId, useRef } from 'preact/hooks';
import type { TurnServer } from '../../../model/settings.ts';
import { IconButton } from '../../components/icon-button.tsx';
import { itemRefusal, SETTINGS_PAGE_WORDS } from '../../words/settings-page-words.ts';
import { readTurn } from '../read-item.ts';

const NOTHING: TurnServer = { url: '', username: '', credential: '' };

type Props = {
  readonly servers: readonly TurnServer[];
  readonly onServers: (servers: readonly TurnServer[]) => void;
};

/** TURN servers with the accounts there. Passwords are typed unseen, and never shown again. */
export function TurnEditor({ servers, onServers }: Props) {
  const id = useId();
  const given = useSignal(NOTHING);
  const refusal = useSignal<string | null>(null);
  const first = useRef<HTMLInputElement>(null);
  const add = (event: Event) => {
    event.preventDefault();
    const server = readTurn(given.value, servers);
    refusal.value = server.ok ? null : itemRefusal(server.why);
    if (!server.ok) return;
    given.value = NOTHING;
    onServers([...servers, server.value]);
  };
  const write = (part: Partial<TurnServer>) => {
    given.value = { ...given.value, ...part };
    refusal.value = null;
  };
  const plain = { class: 'field', dir: 'ltr', autocomplete: 'off', autocapitalize: 'none', spellcheck: false } as const;
  return (
    <div class="list-editor">
      {servers.length === 0 ? (
        <p class="quiet">{SETTINGS_PAGE_WORDS.emptyList}</p>
      ) : (
        <ul class="items">
          {servers.map((server) => (
            <li key={server.url}>
              <bdi>{server.url}</bdi>
              <bdi class="quiet">{server.username}</bdi>
              <IconButton
                icon="remove"
                name={SETTINGS_PAGE_WORDS.removeItem(server.url)}
                onClick={() => {
                  onServers(servers.filter(({ url }) => url !== server.url));
                  first.current?.focus();
                }}
              />
            </li>
          ))}
        </ul>
      )}
      <form class="add-item" onSubmit={add} noValidate>
        <input
          {...plain}
          ref={first}
          type="text"
          aria-label={SETTINGS_PAGE_WORDS.turnAddress}
          aria-invalid={refusal.value !== null}
          aria-errormessage={id}
          placeholder="turn:turn.example.org:3478"
          value={given.value.url}
          onInput={(event) => write({ url: event.currentTarget.value })}
        />
        <input
          {...plain}
          type="text"
          aria-label={SETTINGS_PAGE_WORDS.turnUser}
          placeholder={SETTINGS_PAGE_WORDS.turnUser}
          value={given.value.username}
          onInput={(event) => write({ username: event.currentTarget.value })}
        />
        <input
          {...plain}
          type="password"
          aria-label={SETTINGS_PAGE_WORDS.turnPassword}
          placeholder={SETTINGS_PAGE_WORDS.turnPassword}
          value={given.value.credential}
          onInput={(event) => write({ credential: event.currentTarget.value })}
        />
        <button type="submit" class="button">
          {SETTINGS_PAGE_WORDS.add}
        </button>
      </form>
      <p id={id} class="refusal" aria-live="polite">
        {refusal.value}
      </p>
    </div>
  );
}
