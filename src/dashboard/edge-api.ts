import type { Price, Statistics } from '../model/statistics.ts';
import type { Days } from './span-choice.ts';

/** An answer, or why there is none: the edge wants its key first, or a reason in words. */
export type Answer<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly needsKey: boolean; readonly reason: string };

export type EdgeApi = {
  readonly statistics: (days: Days) => Promise<Answer<Statistics>>;
  readonly setPrice: (price: Price) => Promise<Answer<null>>;
  /** Whether this browser has shown the key. */
  readonly isSignedIn: () => Promise<boolean>;
  readonly signIn: (key: string) => Promise<Answer<null>>;
};

export type FetchLike = (path: string, request?: RequestInit) => Promise<Response>;

const NO_ANSWER = { ok: false, needsKey: false, reason: 'The edge does not answer.' } as const;

/** What the page asks of the edge that it came from. Never rejects. */
export function createEdgeApi(fetchIt: FetchLike): EdgeApi {
  const ask = async <Value>(
    path: string,
    request: RequestInit,
    read: (response: Response) => Promise<Value>,
  ): Promise<Answer<Value>> => {
    try {
      const response = await fetchIt(path, request);
      if (response.ok) return { ok: true, value: await read(response) };
      return { ok: false, needsKey: response.status === 401, reason: (await response.text()).trim().slice(0, 200) };
    } catch {
      return NO_ANSWER;
    }
  };
  return {
    statistics: (days) => ask(`api/stats${queryOf(days)}`, {}, (response) => response.json()),
    setPrice: (price) => ask('api/price', { method: 'PUT', body: JSON.stringify(price) }, async () => null),
    isSignedIn: async () => {
      const answer = await ask('api/admin', {}, (response) => response.json());
      return answer.ok && answer.value?.admin === true;
    },
    signIn: (key) => ask('api/admin', { method: 'POST', body: key }, async () => null),
  };
}

/** Where the billing export of these days is. */
export const csvPath = (days: Days): string => `api/stats.csv${queryOf(days)}`;

function queryOf({ from, to }: Days): string {
  const query = new URLSearchParams({ ...(from === null ? {} : { from }), ...(to === null ? {} : { to }) });
  return query.size === 0 ? '' : `?${query}`;
}
