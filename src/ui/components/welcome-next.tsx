import { useEffect, useRef } from 'preact/hooks';
import type { Sharing } from '../../model/settings.ts';
import { WELCOME_WORDS } from '../words/welcome-words.ts';
import { Icon } from './icon.tsx';

type Props = { readonly chosen: Exclude<Sharing, 'not-asked'>; readonly onChange: () => void };

/** The page after the choice: that it holds, and what to do first. The heading takes the focus from the button that went. */
export function WelcomeNext({ chosen, onChange }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <section class="card next" aria-labelledby="set">
      <h2 id="set" ref={heading} tabIndex={-1}>
        <Icon name="done" />
        {WELCOME_WORDS.set}
      </h2>
      <p class="quiet">
        {WELCOME_WORDS.chosen[chosen]} {WELCOME_WORDS.changeLater}
      </p>
      <h3>{WELCOME_WORDS.tryIt}</h3>
      <ol>
        {WELCOME_WORDS.steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <p class="next-links">
        <a class="button" href={WELCOME_WORDS.archiveUrl} target="_blank" rel="noopener noreferrer">
          {WELCOME_WORDS.archive}
        </a>
        <button type="button" class="button button-quiet" onClick={onChange}>
          {WELCOME_WORDS.change}
        </button>
      </p>
    </section>
  );
}
