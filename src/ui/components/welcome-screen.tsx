import { type ReadonlySignal, useSignal } from '@preact/signals';
import type { Settings, Sharing } from '../../model/settings.ts';
import type { ActionFailure, Actions } from '../actions.ts';
import { WELCOME_WORDS } from '../words/welcome-words.ts';
import { Icon } from './icon.tsx';
import { Mark } from './mark.tsx';
import { SharingChoice } from './sharing-choice.tsx';
import { StreamsDrawing } from './streams-drawing.tsx';
import { WelcomeNext } from './welcome-next.tsx';

type Props = {
  readonly settings: ReadonlySignal<Settings>;
  readonly setSettings: Actions['setSettings'];
};

/** The first page: what Rivulet does, who sees what, and the choice about sharing, made before anything is uploaded. */
export function WelcomeScreen({ settings, setSettings }: Props) {
  const chosen = useSignal<Exclude<Sharing, 'not-asked'> | null>(null);
  const failure = useSignal<ActionFailure | null>(null);
  const choose = async (sharing: Exclude<Sharing, 'not-asked'>) => {
    const reply = await setSettings({ sharing });
    failure.value = reply.ok ? null : reply.failure;
    if (reply.ok) chosen.value = sharing;
  };
  return (
    <main class="welcome">
      <header>
        <StreamsDrawing />
        <h1>
          <Mark />
          {WELCOME_WORDS.title}
        </h1>
        <p class="lead">{WELCOME_WORDS.lead}</p>
      </header>
      <ul class="promises">
        {WELCOME_WORDS.facts.map(({ icon, title, text }) => (
          <li key={title}>
            <Icon name={icon} />
            <h2>{title}</h2>
            <p>{text}</p>
          </li>
        ))}
      </ul>
      {chosen.value === null ? (
        <SharingChoice current={settings.value.sharing} failure={failure.value} onChoose={choose} />
      ) : (
        <WelcomeNext
          chosen={chosen.value}
          onChange={() => {
            chosen.value = null;
          }}
        />
      )}
    </main>
  );
}
