import { afterAll, expect } from 'vitest';
import { spokenTag } from '../../src/words/say.ts';

/*
 * Runs with every file of the unit tests. They share a process, so that what they import is read once: a file that kept a
 * virtual clock, a made-up network or another language would have the files after it live in its world.
 */
const worldNow = (): Readonly<Record<string, unknown>> => ({
  setTimeout: globalThis.setTimeout,
  setInterval: globalThis.setInterval,
  Date: globalThis.Date,
  fetch: globalThis.fetch,
  chrome: Reflect.get(globalThis, 'chrome'),
  PATH: process.env.PATH,
  TZ: process.env.TZ,
  language: spokenTag(),
});
const given = worldNow();

afterAll(() => {
  const left = worldNow();
  for (const [name, value] of Object.entries(given))
    expect(left[name], `${name}, which this file has changed`).toBe(value);
});
