import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { SETTINGS_PAGE_WORDS } from '../../words/settings-page-words.ts';
import { MAX_SERVERS, readStun } from '../read-item.ts';
import type { RowLinks } from '../setting-row.tsx';
import { ListEditor } from './list-editor.tsx';
import { PickOne } from './pick-one.tsx';

type Kind = 'default' | 'none' | 'own';

type Props = {
  readonly links: RowLinks;
  /** Null: those that come with Rivulet. */
  readonly servers: readonly string[] | null;
  readonly onServers: (servers: readonly string[] | null) => void;
};

/** Which STUN servers are asked: ours, none, or the user's own. An empty list of one's own asks nobody until one is in it. */
export function StunChoice({ links, servers, onServers }: Props) {
  const wantsOwn = useSignal(false);
  const kind: Kind = servers === null ? 'default' : servers.length > 0 || wantsOwn.value ? 'own' : 'none';
  useEffect(() => {
    if (servers === null) wantsOwn.value = false;
  }, [servers === null]);
  return (
    <div class="stun">
      <PickOne
        {...links}
        value={kind}
        options={[
          { value: 'default', name: SETTINGS_PAGE_WORDS.stunDefault },
          { value: 'own', name: SETTINGS_PAGE_WORDS.stunOwn },
          { value: 'none', name: SETTINGS_PAGE_WORDS.stunNone },
        ]}
        onPick={(wanted) => {
          wantsOwn.value = wanted === 'own';
          onServers(wanted === 'default' ? null : wanted === 'own' ? (servers ?? []) : []);
        }}
      />
      {kind === 'own' && (
        <ListEditor
          name={SETTINGS_PAGE_WORDS.stunList}
          items={servers ?? []}
          most={MAX_SERVERS}
          read={readStun}
          placeholder="stun:stun.example.org:3478"
          onItems={onServers}
        />
      )}
    </div>
  );
}
