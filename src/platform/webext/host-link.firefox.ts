import type { Input, Reply } from '../../model/commands.ts';
import { answerWith } from './answer-with.ts';
import type { CommandSource } from './command-source.ts';
import type {
  CreateBackgroundLink,
  CreateHostLink,
  HostCommand,
  HostRequestHandlers,
  HostSide,
} from './host-link-contract.ts';
import { keepAlive } from './keep-alive.ts';
import { LinkError } from './link-error.ts';
import { commandLimitMs, REQUEST_LIMIT_MS } from './time-limits.ts';
import { within } from './within.ts';

/**
 * Loads the engine host's entry by the name that the build gives it; the address is written out, because reviewers' tools
 * suspect any other. It happens when the host is first needed, so that an event page that was woken for a trifle does
 * not parse the engine.
 */
// @ts-expect-error: an address in the built extension, not a file of the sources.
const loadHost = (): Promise<unknown> => import(/* @vite-ignore */ '/engine-host.js');

const NO_ANSWER = { ok: false, failure: { code: 'no-answer' } } as const;

// Background and engine host are two modules in one event page and meet here: the build puts this file into a chunk
// that both import, and a page has one instance of a module.
const inThisPage: { host: HostSide | null; background: HostRequestHandlers | null } = { host: null, background: null };

/** Firefox: the host is a module in the same event page, and the link is function calls. */
export const createHostLink: CreateHostLink = (handlers) => {
  inThisPage.background = handlers;

  const ensureHost = async (): Promise<HostSide> => {
    if (inThisPage.host === null) await loadHost();
    if (inThisPage.host === null) throw new LinkError({ code: 'no-answer' });
    return inThisPage.host;
  };

  return {
    ensure: async () => void (await ensureHost()),
    ask<C extends HostCommand>(command: C, input: Input<C>, source: CommandSource) {
      const reply = ensureHost().then((host) => answerWith(host.commands, command, input, source));
      return within(commandLimitMs(command), reply as Promise<Reply<C>>, NO_ANSWER).catch((error: unknown) => {
        console.error('The engine host did not start.', String(error));
        return NO_ANSWER;
      });
    },
    async notice(name, notice) {
      if (inThisPage.host !== null) await answerWith(inThisPage.host.notices, name, notice);
    },
    status: async () => inThisPage.host?.status() ?? null,
    // A module cannot be unloaded; without work Firefox suspends the whole event page, the engine with it.
    closeIfIdle: async () => 'closed',
    holdOpen: keepAlive,
  };
};

export const createBackgroundLink: CreateBackgroundLink = (host) => {
  inThisPage.host = host;
  return {
    async request(name, input) {
      const handlers: object = inThisPage.background ?? {};
      const answer = await within(REQUEST_LIMIT_MS, answerWith(handlers, name, input), NO_ANSWER);
      if (!answer.ok) throw new LinkError(answer.failure);
      return answer.output as never;
    },
  };
};
