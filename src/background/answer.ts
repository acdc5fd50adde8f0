import type { Command, Input, Reply, Sender } from '../model/commands.ts';
import { COMMAND_RULES, type CommandRule } from './command-inputs.ts';

/** Carries out a command that has passed the door. */
export type RunCommand = <C extends Command>(command: C, input: Input<C>) => Promise<Reply<C>>;

/**
 * Runs one command: checks that it exists and that this sender may give it, reads its input, and only then runs it.
 * `sender` comes from the browser, never from the message. Never rejects: a failure is a reply too.
 */
export async function answer(run: RunCommand, command: string, raw: unknown, sender: Sender): Promise<Reply<Command>> {
  if (!isCommand(command)) return rejected('unknown command');
  const rule: CommandRule<Command> = COMMAND_RULES[command];
  if (!rule.acceptsFrom.includes(sender)) return rejected(`${command} is closed to a ${sender}`);
  try {
    return await run(command, rule.parse(raw));
  } catch (error) {
    return rejected(String(error));
  }
}

const isCommand = (command: string): command is Command => Object.hasOwn(COMMAND_RULES, command);

const rejected = (reason: string) => ({ ok: false, failure: { code: 'rejected', reason } }) as const;
