import { signal } from '@preact/signals';
import type { Added } from '../model/commands.ts';
import type { Failure } from '../model/failure.ts';
import { MAX_TORRENT_FILE_BYTES } from '../model/limits.ts';
import type { ActionFailure, ActionReply, Actions } from './actions.ts';
import { formatBytes } from './formats/format-bytes.ts';

/** How the last try to add something ended. */
export type AddOutcome =
  | { readonly kind: 'none' }
  | { readonly kind: 'busy' }
  | { readonly kind: 'added'; readonly added: Added }
  | { readonly kind: 'failed'; readonly failure: ActionFailure };

const TORRENT_MIME_TYPE = 'application/x-bittorrent';

/** The field to add something, and what becomes of what is typed, pasted or dropped. A text that fails stays there. */
export class AddModel {
  readonly text = signal('');
  readonly outcome = signal<AddOutcome>({ kind: 'none' });
  readonly #actions: Pick<Actions, 'add' | 'addFile'>;

  constructor(actions: Pick<Actions, 'add' | 'addFile'>) {
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
    this.outcome.value = { kind: 'busy' };
    const reply = await this.#actions.add(text);
    if (reply.ok && this.text.value.trim() === text) this.text.value = '';
    this.#end(reply);
  }

  /** Adds dropped links one after the other; the first that fails is put into the field. */
  async takeText(dropped: string): Promise<void> {
    for (const link of linksIn(dropped)) {
      this.write(link);
      await this.submit();
      if (this.outcome.value.kind === 'failed') return;
    }
  }

  /** Adds dropped or pasted .torrent files one after the other, and stops at the first that fails. */
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

  #end(reply: ActionReply<Added>): void {
    this.outcome.value = reply.ok ? { kind: 'added', added: reply.output } : { kind: 'failed', failure: reply.failure };
  }

  #fail(failure: ActionFailure): void {
    this.outcome.value = { kind: 'failed', failure };
  }
}

/** What is wrong with a file before it is read, so that a film dropped by mistake is not loaded into memory. */
function refusalOf({ name, type, size }: File): Failure | null {
  if (type !== TORRENT_MIME_TYPE && !name.toLowerCase().endsWith('.torrent')) {
    return { code: 'unreadable-torrent', reason: `“${name}” is not a .torrent file` };
  }
  if (size > MAX_TORRENT_FILE_BYTES) {
    return { code: 'unreadable-torrent', reason: `“${name}” is larger than ${formatBytes(MAX_TORRENT_FILE_BYTES)}` };
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
