import type { ReadonlySignal, Signal } from '@preact/signals';
import type { Settings } from '../model/settings.ts';
import type { ServerKind } from '../publishing/server-check/fixes.ts';
import type { Actions } from '../ui/actions.ts';
import { Mark } from '../ui/components/mark.tsx';
import type { AddressModel } from './address-model.ts';
import { AddressSection } from './address-section.tsx';
import type { AdvancedFields } from './advanced.ts';
import { PUBLISH_WORDS } from './publish-words.ts';
import type { ShareModel } from './share-model.ts';
import { ShareSection } from './share-section.tsx';
import type { TakeAway } from './take-away.ts';

type Props = {
  readonly address: AddressModel;
  readonly shares: ShareModel;
  readonly fields: Signal<AdvancedFields>;
  readonly kind: Signal<ServerKind>;
  readonly settings: ReadonlySignal<Settings>;
  readonly setSettings: Actions['setSettings'];
  readonly takeAway: TakeAway;
};

/** The whole page: a file on a server, or files on this computer. */
export function PublishScreen({ address, shares, fields, kind, settings, setSettings, takeAway }: Props) {
  return (
    <main class="publish">
      <header>
        <h1>
          <Mark />
          {PUBLISH_WORDS.title}
        </h1>
        <p class="lead">{PUBLISH_WORDS.lead}</p>
      </header>
      <AddressSection address={address} fields={fields} kind={kind} takeAway={takeAway} />
      <ShareSection shares={shares} fields={fields} settings={settings} setSettings={setSettings} takeAway={takeAway} />
    </main>
  );
}
