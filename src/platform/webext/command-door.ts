import type { Command, Reply } from '../../model/commands.ts';
import { api } from './api.ts';
import type { CommandSource } from './command-source.ts';
import { isToBackground } from './envelope.ts';
import { isApart, pageUrlOf, type SenderFacts, senderKind, thisExtension } from './sender.ts';

/** Runs one command of which nothing is known but its source. Must not reject. */
export type AnswerCommand = (command: string, input: unknown, source: CommandSource) => Promise<Reply<Command>>;

/**
 * Has the background answer the commands of screens and content scripts. Call it at once when the script runs. Strangers
 * and our own processes without a screen get no answer: none of them sends commands.
 */
export function listenForCommands(answer: AnswerCommand): void {
  api.runtime.onMessage.addListener((message: unknown, sender, respond) => {
    if (!isToBackground(message) || message.kind !== 'command') return false;
    const kind = senderKind(sender, thisExtension());
    if (kind !== 'ui' && kind !== 'page') return false;
    const source: CommandSource = kind === 'ui' ? { kind } : pageSource(sender);
    void answer(message.command, message.input, source).then(respond);
    return true;
  });
}

const pageSource = (sender: SenderFacts): CommandSource => ({
  kind: 'page',
  pageUrl: pageUrlOf(sender),
  isApart: isApart(sender),
  atMs: Date.now(),
  isPrivateWindow: sender.tab?.incognito === true,
});
