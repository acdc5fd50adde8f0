import { batch, type ReadonlySignal, signal } from '@preact/signals';
import type { Price, Statistics } from '../model/statistics.ts';
import type { EdgeApi } from './edge-api.ts';
import { isEmpty } from './is-empty.ts';
import { daysOf, type SpanChoice } from './span-choice.ts';

/** `trouble`: why the numbers are not (or no longer) fresh; those that came last stay. */
export type DashboardModel = {
  readonly span: ReadonlySignal<SpanChoice>;
  readonly statistics: ReadonlySignal<Statistics | null>;
  readonly trouble: ReadonlySignal<string | null>;
  /** Nothing was ever counted: whoever looks wants to know how to begin. */
  readonly isNew: ReadonlySignal<boolean>;
  /** The edge wants its key before it does what was asked. */
  readonly needsKey: ReadonlySignal<boolean>;
  readonly isSignedIn: ReadonlySignal<boolean>;
  /** Milliseconds since 1970, when the numbers came. */
  readonly refreshedAtMs: ReadonlySignal<number | null>;
  readonly choose: (span: SpanChoice) => void;
  readonly refresh: () => Promise<void>;
  /** Why the price was not kept, or null. */
  readonly setPrice: (price: Price) => Promise<string | null>;
  readonly askForKey: () => void;
  /** Shows the figures again. */
  readonly dropKeyQuestion: () => void;
  /** Why the key was not taken, or null. */
  readonly signIn: (key: string) => Promise<string | null>;
};

export function createDashboardModel(api: EdgeApi, now: () => number): DashboardModel {
  const span = signal<SpanChoice>('month');
  const statistics = signal<Statistics | null>(null);
  const trouble = signal<string | null>(null);
  const isNew = signal(false);
  const needsKey = signal(false);
  const isSignedIn = signal(false);
  const refreshedAtMs = signal<number | null>(null);
  let asked = 0;

  const refresh = async () => {
    asked += 1;
    const mine = asked;
    const [answer, signedIn] = await Promise.all([api.statistics(daysOf(span.value, now())), api.isSignedIn()]);
    // Only an edge that never counted anything is new, not one that had nothing to count of late.
    const ever = answer.ok && isEmpty(answer.value) ? await api.statistics(daysOf('all', now())) : answer;
    if (mine !== asked) return; // something newer was asked meanwhile
    batch(() => {
      isNew.value = ever.ok && isEmpty(ever.value);
      isSignedIn.value = signedIn;
      if (answer.ok) {
        statistics.value = answer.value;
        refreshedAtMs.value = now();
        trouble.value = null;
      } else if (answer.needsKey) needsKey.value = true;
      else trouble.value = answer.reason;
    });
  };

  return {
    span,
    statistics,
    trouble,
    isNew,
    needsKey,
    isSignedIn,
    refreshedAtMs,
    refresh,
    choose: (chosen) => {
      span.value = chosen;
      refresh();
    },
    setPrice: async (price) => {
      const answer = await api.setPrice(price);
      if (answer.ok) {
        const shown = statistics.value;
        if (shown !== null) statistics.value = { ...shown, price };
        await refresh();
        return null;
      }
      if (answer.needsKey) needsKey.value = true;
      return answer.needsKey ? 'Sign in to set the price.' : answer.reason;
    },
    askForKey: () => {
      needsKey.value = true;
    },
    dropKeyQuestion: () => {
      needsKey.value = false;
    },
    signIn: async (key) => {
      const answer = await api.signIn(key);
      if (!answer.ok) return answer.reason;
      needsKey.value = false;
      await refresh();
      return null;
    },
  };
}
