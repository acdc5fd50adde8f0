import { expect, test } from 'vitest';
import { createDashboardModel } from '../../src/dashboard/dashboard-model.ts';
import { createEdgeApi, csvPath } from '../../src/dashboard/edge-api.ts';

const NOW = Date.UTC(2026, 10, 22, 12);

/** An edge that answers as the test tells it to, and remembers what it was asked. */
function edge(answers: Record<string, () => Response | Promise<Response>>) {
  const asked: string[] = [];
  const api = createEdgeApi(async (path, request) => {
    asked.push(`${request?.method ?? 'GET'} ${path}`);
    const answer = answers[`${request?.method ?? 'GET'} ${path.split('?')[0]}`];
    if (answer === undefined) throw new TypeError('no answer');
    return answer();
  });
  return { model: createDashboardModel(api, () => NOW), asked };
}
const json = (value: unknown) => () => new Response(JSON.stringify(value));
/** Days on which something was counted. */
const counted = (more: object) => ({ files: ['film.mp4'], ...more });
const NOTHING = { files: [], totals: { completions: 0, started: 0, originBytes: 0, claims: { completed: 0 } } };

test('numbers that came stay when the edge is gone, and that is said', async () => {
  const answers: Record<string, () => Response> = { 'GET api/stats': json(counted({ price: null })) };
  const { model } = edge(answers);
  await model.refresh();
  expect([model.statistics.value, model.trouble.value, model.refreshedAtMs.value]).toEqual([
    counted({ price: null }),
    null,
    NOW,
  ]);
  delete answers['GET api/stats'];
  await model.refresh();
  expect([model.statistics.value, model.trouble.value]).toEqual([
    counted({ price: null }),
    'The edge does not answer.',
  ]);
  answers['GET api/stats'] = () => new Response('the statistics cannot be read or written now\n', { status: 503 });
  await model.refresh();
  expect(model.trouble.value).toBe('the statistics cannot be read or written now');
  answers['GET api/stats'] = json(counted({ price: null }));
  await model.refresh();
  expect(model.trouble.value).toBeNull();
});

test('an answer that was overtaken by a newer question is dropped', async () => {
  const waiting: ((response: Response) => void)[] = [];
  const { model, asked } = edge({ 'GET api/stats': () => new Promise((resolve) => waiting.push(resolve)) });
  const first = model.refresh();
  model.choose('all');
  expect(asked.filter((one) => one.includes('stats'))).toEqual(['GET api/stats?from=2026-10-24', 'GET api/stats']);
  waiting[1]?.(json(counted({ from: null }))());
  waiting[0]?.(json(counted({ from: '2026-10-24' }))());
  await first;
  await new Promise(setImmediate);
  expect(model.statistics.value).toEqual(counted({ from: null }));
});

test('a price that needs the key asks for it', async () => {
  const { model } = edge({
    'GET api/stats': json(counted({ price: null })),
    'PUT api/price': () => new Response('This needs the admin token of the edge.', { status: 401 }),
    'POST api/admin': () => new Response(null, { status: 204 }),
    'GET api/admin': json({ admin: true }),
  });
  expect(await model.setPrice({ perGB: 1, currency: 'EUR' })).toBe('Sign in to set the price.');
  expect(model.needsKey.value).toBe(true);
  expect(await model.signIn('key')).toBeNull();
  expect([model.needsKey.value, model.isSignedIn.value]).toEqual([false, true]);
});

test('a wrong key is answered with the edge’s own words', async () => {
  const { model } = edge({ 'POST api/admin': () => new Response('That is not the token.\n', { status: 403 }) });
  expect(await model.signIn('x')).toBe('That is not the token.');
});

test('a kept price is shown at once', async () => {
  const price = { perGB: 2, currency: 'EUR' };
  const { model } = edge({ 'GET api/stats': json(counted({ price })), 'PUT api/price': json(price) });
  expect(await model.setPrice(price)).toBeNull();
  expect(model.statistics.value?.price).toEqual(price);
});

test('the CSV is of the days that are shown', () => {
  expect(csvPath({ from: '2026-11-01', to: null })).toBe('api/stats.csv?from=2026-11-01');
  expect(csvPath({ from: null, to: null })).toBe('api/stats.csv');
});

test('an edge is new when nothing was ever counted, not when these days are empty', async () => {
  let everything: object = NOTHING;
  const { model, asked } = edge({
    'GET api/stats': () => json(asked.at(-1)?.includes('from=') ? NOTHING : everything)(),
  });
  await model.refresh();
  expect([model.isNew.value, model.statistics.value]).toEqual([true, NOTHING]);
  everything = counted({});
  await model.refresh();
  expect([model.isNew.value, model.statistics.value]).toEqual([false, NOTHING]);
  model.choose('all');
  await new Promise(setImmediate);
  expect([model.isNew.value, model.statistics.value]).toEqual([false, counted({})]);
});
