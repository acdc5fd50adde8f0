import { effect, type ReadonlySignal } from '@preact/signals';
import { type ComponentChild, render } from 'preact';
import type { LanguageChoice, Settings } from '../model/settings.ts';
import { isRightToLeft, spokenTag } from '../words/say.ts';

export type Screen = {
  /** What the tab is called. Like `draw`, it is asked when the language is there. */
  readonly title: () => string;
  readonly draw: () => ComponentChild;
  readonly settings: ReadonlySignal<Settings>;
  /** Has this page speak the chosen language; resolves to whether it is another one than before. Never rejects. */
  readonly speak: (choice: LanguageChoice) => Promise<boolean>;
};

/**
 * Draws a screen into its page as soon as the language is known, and anew when the user chooses another one. What the
 * screen's models know stays; what was open in it closes.
 */
export function showScreen({ title, draw, settings, speak }: Screen): void {
  const root = document.querySelector('#app') as HTMLElement;
  let choice: LanguageChoice | null = null;
  let isDrawn = false;
  const drawAnew = () => {
    isDrawn = true;
    document.documentElement.lang = spokenTag();
    document.documentElement.dir = isRightToLeft() ? 'rtl' : 'ltr';
    document.title = title();
    render(null, root);
    render(draw(), root);
  };
  effect(() => {
    const { language } = settings.value;
    if (language === choice) return;
    choice = language;
    void speak(language).then((isOther) => {
      if (isOther || (!isDrawn && language === choice)) drawAnew();
    });
  });
}
