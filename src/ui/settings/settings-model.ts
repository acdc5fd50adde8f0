import { batch, computed, effect, type ReadonlySignal, signal } from '@preact/signals';
import { DEFAULT_SETTINGS, type Settings } from '../../model/settings.ts';
import type { ActionFailure, Actions } from '../actions.ts';
import { type EntryId, type GroupId, keysOf, SETTING_GROUPS, type SettingKey } from './setting-groups.ts';

/** A change that was not taken, and where it was tried. */
export type RefusedChange = { readonly at: EntryId | GroupId; readonly failure: ActionFailure };

/** The settings as the page shows them: what was changed shows at once, and is taken back when it could not be done. */
export class SettingsModel {
  /** With what was changed and is still on its way. */
  readonly shown: ReadonlySignal<Settings>;
  readonly query = signal('');
  readonly refused = signal<RefusedChange | null>(null);
  readonly #pending = signal<Partial<Settings>>({});
  readonly #inFlight = new Map<SettingKey, number>();
  readonly #setSettings: Actions['setSettings'];

  constructor(settings: ReadonlySignal<Settings>, setSettings: Actions['setSettings']) {
    this.#setSettings = setSettings;
    this.shown = computed(() => ({ ...settings.value, ...this.#pending.value }));
    // The engine's word takes the place of what was expected of it.
    effect(() => {
      void settings.value;
      this.#forget((key) => !this.#inFlight.has(key));
    });
  }

  /** Changes settings at once. Resolves to whether that was taken; `refused` says why not. */
  async change(at: EntryId | GroupId, part: Partial<Settings>): Promise<boolean> {
    const keys = Object.keys(part) as SettingKey[];
    for (const key of keys) this.#inFlight.set(key, (this.#inFlight.get(key) ?? 0) + 1);
    batch(() => {
      this.refused.value = null;
      this.#pending.value = { ...this.#pending.value, ...part };
    });
    const reply = await this.#setSettings(part);
    for (const key of keys) this.#land(key);
    if (reply.ok) return true;
    batch(() => {
      this.refused.value = { at, failure: reply.failure };
      this.#forget((key) => keys.includes(key) && !this.#inFlight.has(key));
    });
    return false;
  }

  /** Whether something of a group, or with null of all, is not as it came. */
  isChanged(group: GroupId | null): boolean {
    return this.#keys(group).some((key) => !isSame(this.shown.value[key], DEFAULT_SETTINGS[key]));
  }

  /** Puts a group, or with null everything but the choice about sharing, back to how it came. */
  reset(group: GroupId | null): Promise<boolean> {
    const part = Object.fromEntries(this.#keys(group).map((key) => [key, DEFAULT_SETTINGS[key]]));
    return this.change(group ?? 'resetAll', part);
  }

  #keys(group: GroupId | null): SettingKey[] {
    return group === null ? SETTING_GROUPS.flatMap(({ id }) => keysOf(id)) : keysOf(group);
  }

  #land(key: SettingKey): void {
    const left = (this.#inFlight.get(key) ?? 1) - 1;
    if (left === 0) this.#inFlight.delete(key);
    else this.#inFlight.set(key, left);
  }

  #forget(isOver: (key: SettingKey) => boolean): void {
    const pending = this.#pending.peek();
    const staying = Object.entries(pending).filter(([key]) => !isOver(key as SettingKey));
    if (staying.length < Object.keys(pending).length) this.#pending.value = Object.fromEntries(staying);
  }
}

/** Settings are JSON, written by one process in one order. */
const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
