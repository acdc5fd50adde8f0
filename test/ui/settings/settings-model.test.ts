import { signal } from '@preact/signals';
import { describe, expect, test } from 'vitest';
import { DEFAULT_SETTINGS, type Settings } from '../../../src/model/settings.ts';
import type { ActionReply } from '../../../src/ui/actions.ts';
import { keysOf, SETTING_GROUPS } from '../../../src/ui/settings/setting-groups.ts';
import { SettingsModel } from '../../../src/ui/settings/settings-model.ts';

const GONE = { ok: false, failure: { code: 'no-answer' } } as const;

/** An engine that answers when it is told to. */
function open(first: Partial<Settings> = {}) {
  const settings = signal<Settings>({ ...DEFAULT_SETTINGS, ...first });
  const asked: Partial<Settings>[] = [];
  const answers: ((isTaken: boolean) => Promise<void>)[] = [];
  const model = new SettingsModel(settings, (change) => {
    asked.push(change);
    return new Promise<ActionReply<null>>((resolve) => {
      answers.push(async (isTaken) => {
        if (isTaken) settings.value = { ...settings.value, ...change };
        resolve(isTaken ? { ok: true, output: null } : GONE);
        await Promise.resolve();
      });
    });
  });
  return { settings, asked, answers, model };
}

describe('a change', () => {
  test('shows at once, and stays when it was taken', async () => {
    const { model, answers } = open();
    const done = model.change('maxRunning', { maxRunning: 3 });
    expect(model.shown.value.maxRunning).toBe(3);
    await answers[0]?.(true);
    expect(await done).toBe(true);
    expect(model.shown.value.maxRunning).toBe(3);
  });

  test('is taken back when it was not, and that is said where it was tried', async () => {
    const { model, answers } = open();
    const done = model.change('maxRunning', { maxRunning: 3 });
    await answers[0]?.(false);
    expect(await done).toBe(false);
    expect(model.shown.value.maxRunning).toBe(DEFAULT_SETTINGS.maxRunning);
    expect(model.refused.value).toEqual({ at: 'maxRunning', failure: { code: 'no-answer' } });
  });

  test('makes the complaint about another go away', async () => {
    const { model, answers } = open();
    const first = model.change('maxRunning', { maxRunning: 3 });
    await answers[0]?.(false);
    await first;
    void model.change('maxPeers', { maxPeers: 9 });
    expect(model.refused.value).toBeNull();
  });

  test('is not turned back by what was on its way before it', async () => {
    const { model, answers, settings } = open();
    void model.change('extraTrackers', { extraTrackers: ['wss://a/'] });
    void model.change('extraTrackers', { extraTrackers: ['wss://a/', 'wss://b/'] });
    await answers[0]?.(true);
    expect(model.shown.value.extraTrackers).toEqual(['wss://a/', 'wss://b/']);
    settings.value = { ...settings.value, maxPeers: 7 };
    expect(model.shown.value).toMatchObject({ extraTrackers: ['wss://a/', 'wss://b/'], maxPeers: 7 });
  });

  test('gives way to what another screen has chosen since', async () => {
    const { model, answers, settings } = open();
    const done = model.change('maxRunning', { maxRunning: 3 });
    await answers[0]?.(true);
    await done;
    settings.value = { ...settings.value, maxRunning: 5 };
    expect(model.shown.value.maxRunning).toBe(5);
  });
});

describe('a reset', () => {
  test('puts back one group and nothing else', () => {
    const { model, asked } = open({ maxRunning: 2, maxPeers: 3, language: 'de' });
    expect([model.isChanged('queue'), model.isChanged('seeding'), model.isChanged(null)]).toEqual([true, false, true]);
    void model.reset('queue');
    expect(asked).toEqual([{ maxRunning: DEFAULT_SETTINGS.maxRunning, isAllPaused: false }]);
    expect(model.isChanged('queue')).toBe(false);
  });

  test('of all leaves the choice about sharing', () => {
    const { model, asked } = open({ sharing: 'share', maxRunning: 2 });
    void model.reset(null);
    const { sharing: _, ...others } = DEFAULT_SETTINGS;
    expect(asked).toEqual([others]);
    expect(model.shown.value.sharing).toBe('share');
    expect(model.isChanged(null)).toBe(false);
  });
});

test('every setting has its place on the page, but for the one that each choice makes', () => {
  const keys = SETTING_GROUPS.flatMap(({ id }) => keysOf(id));
  const missing = Object.keys(DEFAULT_SETTINGS).filter((key) => !(keys as string[]).includes(key));
  expect(missing).toEqual(['sharing']);
});
