import { signal } from '@preact/signals';
import type { Added, LinksAdded } from '../model/commands.ts';
import type { Failure } from '../model/failure.ts';
import { findLinks } from '../model/find-links.ts';
import { MAX_TORRENT_FILE_BYTES } from '../model/limits.ts';
import { isTorrentName, isTorrentType } from '../model/torrent-links.ts';
import type { ActionFailure, ActionReply, Actions } from './actions.ts';
import { ADD_REFUSALS } from './words/add-words.ts';

/** How the last try to add something ended. */
export type AddOutcome =
  | { readonly kind: 'none' }
  | { readonly kind: 'busy' }
  | { readonly kind: 'added'; readonly added: Added }
  /** Several at once: how many there were, how many of them were in the list, and how many were left out. */
  | { readonly kind: 'added-many'; readonly count: number; readonly known: number; readonly leftOut: number }
  | { readonly kind: 'failed'; readonly failure: ActionFailure };

type AddActions = Pick<Actions, 'add' | 'addAll' | 'addFile' | 'addPageLinks'>;

/** The field to add something, and what becomes of what is typed, pasted or dropped. A text that fails stays there. */
export class AddModel {
  readonly text = signal('');
  readonly outcome = signal<AddOutcome>({ kind: 'none' });
  readonly #actions: AddActions;

  constructor(actions: AddActions) {
    this.#actions = actions;
  }

  /** Writes into the field; an old complaint about another text goes away. */
  write(text: string): void {
    this.text.value = text;
    if (this.outcome.value.kind !== 'busy') this.outcome.value = { kind: 'none' };
  }

  async submit(): Promise<void> {
    if (this.outcome.value.kind === 'busy') return;
    const text = this.text.value.trim();
    if (text === '') return this.#fail({ code: 'bad-link', text });
    const links = findLinks(text);
    if (links.length > 1) return this.#addAll(() => this.#actions.addAll(links), text);
    this.outcome.value = { kind: 'busy' };
    const reply = await this.#actions.add(isLink(text) ? text : (links[0] ?? text));
    if (reply.ok && this.text.value.trim() === text) this.text.value = '';
    this.#end(reply);
  }

  /** Adds pasted text at once if it has several links; false when it has not, and belongs into the field. */
  takePaste(pasted: string): boolean {
    const links = findLinks(pasted);
    if (links.length < 2 || this.outcome.value.kind === 'busy') return false;
    void this.#addAll(() => this.#actions.addAll(links), null);
    return true;
  }

  /** Adds all links of the page in front. */
  takePage(): Promise<void> {
    return this.#addAll(() => this.#actions.addPageLinks(), null);
  }

  /**
   * Adds what was dropped: all links in it when there are several, else each line, one after the other; the first that
   * fails is put into the field.
   */
  async takeText(dropped: string): Promise<void> {
    if (this.takePaste(dropped)) return;
    for (const link of linksIn(dropped)) {
      this.write(link);
      await this.submit();
      if (this.outcome.value.kind === 'failed') return;
    }
  }

  /** Adds dropped or pasted .torrent and Metalink files one after the other, and stops at the first that fails. */
  async takeFiles(files: readonly File[]): Promise<void> {
    for (const file of files) {
      const refusal = refusalOf(file);
      if (refusal !== null) return this.#fail(refusal);
      this.outcome.value = { kind: 'busy' };
      const reply = await this.#actions.addFile(file);
      this.#end(reply);
      if (!reply.ok) return;
    }
  }

  /** `text`: what leaves the field when they are added. */
  async #addAll(ask: () => Promise<ActionReply<LinksAdded>>, text: string | null): Promise<void> {
    this.outcome.value = { kind: 'busy' };
    const reply = await ask();
    if (!reply.ok) return this.#fail(reply.failure);
    if (text !== null && this.text.value.trim() === text) this.text.value = '';
    const { added, leftOut } = reply.output;
    const known = added.filter(({ wasThere }) => wasThere).length;
    this.outcome.value = { kind: 'added-many', count: added.length, known, leftOut };
  }

  #end(reply: ActionReply<Added>): void {
    this.outcome.value = reply.ok ? { kind: 'added', added: reply.output } : { kind: 'failed', failure: reply.failure };
  }

  #fail(failure: ActionFailure): void {
    this.outcome.value = { kind: 'failed', failure };
  }
}

/** Whether a text is a link by itself, also one that `findLinks` does not see: the address of a script. */
const isLink = (text: string): boolean => /^(?:magnet:|https?:)\S*$/i.test(text);

/** What is wrong with a file before it is read, so that a film dropped by mistake is not loaded into memory. */
function refusalOf({ name, type, size }: File): Failure | null {
  if (!isTorrentType(type) && !isTorrentName(name)) {
    return { code: 'unreadable-torrent', reason: ADD_REFUSALS.notATorrent(name) };
  }
  if (size > MAX_TORRENT_FILE_BYTES) {
    return { code: 'unreadable-torrent', reason: ADD_REFUSALS.tooLarge(name, MAX_TORRENT_FILE_BYTES) };
  }
  return null;
}

/** The lines of a `text/uri-list` or of plain text; comments of the former (RFC 2483) are not links. */
function linksIn(dropped: string): string[] {
  return dropped
    .split(/\r?\n/u)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}
