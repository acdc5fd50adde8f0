import type { Input, Reply } from '../../model/commands.ts';
import { type Answer, answerWith } from './answer-with.ts';
import { api } from './api.ts';
import type { CommandSource } from './command-source.ts';
import { isToBackground, isToHost, type ToBackground, type ToHost } from './envelope.ts';
import type { CreateBackgroundLink, CreateHostLink, HostCommand, HostStatus } from './host-link-contract.ts';
import { LinkError } from './link-error.ts';
import { closeOffscreenDocument, hasOffscreenDocument, openOffscreenDocument } from './offscreen-document.ts';
import { senderKind, thisExtension } from './sender.ts';
import { commandLimitMs, REQUEST_LIMIT_MS } from './time-limits.ts';
import { turns } from './turns.ts';
import { within } from './within.ts';

/** A host that answers no ping for so long after its start is replaced, once. */
const HANDSHAKE_LIMIT_MS = 5_000;
const PING_LIMIT_MS = 2_000;
const PING_PAUSE_MS = 50;

const NO_ANSWER = { ok: false, failure: { code: 'no-answer' } } as const;

/** Chrome: the host is an offscreen document, and the link is messages between two processes. */
export const createHostLink: CreateHostLink = (handlers) => {
  api.runtime.onMessage.addListener((message: unknown, sender, respond) => {
    if (!isToBackground(message) || message.kind !== 'request') return false;
    if (senderKind(sender, thisExtension()) !== 'engine-host') return false;
    void answerWith(handlers, message.name, message.input).then(respond);
    return true;
  });

  let commandsRunning = 0;
  let starting: Promise<void> | null = null;
  // Opening and closing take turns, so that nobody talks to a document that is about to go.
  const inTurn = turns();

  const ensure = (): Promise<void> => {
    starting ??= inTurn(startHost).finally(() => {
      starting = null;
    });
    return starting;
  };

  return {
    ensure,
    ask<C extends HostCommand>(command: C, input: Input<C>, source: CommandSource) {
      commandsRunning += 1;
      const reply = ensure().then(() => tell({ to: 'engine-host', kind: 'command', command, input, source }));
      return within(commandLimitMs(command), reply as Promise<Reply<C> | undefined>, undefined)
        .catch((error: unknown) => {
          console.error(`The engine host did not take ${command}.`, String(error));
          return undefined;
        })
        .then((answer) => answer ?? NO_ANSWER)
        .finally(() => {
          commandsRunning -= 1;
        });
    },
    async notice(name, notice) {
      if (await hasOffscreenDocument())
        await tell({ to: 'engine-host', kind: 'notice', name, notice }).catch(() => undefined);
    },
    status: async () => ((await hasOffscreenDocument()) ? ping() : null),
    closeIfIdle: () =>
      inTurn(async () => {
        if (!(await hasOffscreenDocument())) return 'closed';
        const status = await ping();
        if (status === null || status.busy || status.screens > 0 || commandsRunning > 0) return 'in-use';
        await closeOffscreenDocument();
        return 'closed';
      }),
    // An offscreen document lives on while the service worker sleeps.
    holdOpen: () => undefined,
  };
};

export const createBackgroundLink: CreateBackgroundLink = (host) => {
  api.runtime.onMessage.addListener((message: unknown, sender, respond) => {
    if (!isToHost(message) || senderKind(sender, thisExtension()) !== 'background') return false;
    switch (message.kind) {
      case 'ping':
        respond(host.status());
        return false;
      case 'command':
        void answerWith(host.commands, message.command, message.input, message.source).then(respond);
        return true;
      case 'notice':
        void answerWith(host.notices, message.name, message.notice).then(respond);
        return true;
    }
  });

  return {
    async request(name, input) {
      const envelope: ToBackground = { to: 'background', kind: 'request', name, input };
      const asked: Promise<Answer<never> | undefined> = api.runtime.sendMessage(envelope).catch(() => undefined);
      const answer = (await within(REQUEST_LIMIT_MS, asked, undefined)) ?? NO_ANSWER;
      if (!answer.ok) throw new LinkError(answer.failure);
      return answer.output;
    },
  };
};

const tell = (envelope: ToHost): Promise<unknown> => api.runtime.sendMessage(envelope);

/** Resolves to null when nobody answers: no listener yet ("Receiving end does not exist"), gone, or stuck. */
const ping = (): Promise<HostStatus | null> => {
  const answer = tell({ to: 'engine-host', kind: 'ping' }) as Promise<HostStatus | undefined>;
  return within(PING_LIMIT_MS, answer, undefined).then(
    (status) => status ?? null,
    () => null,
  );
};

async function startHost(): Promise<void> {
  await openOffscreenDocument();
  if (await answersSoon()) return;
  await closeOffscreenDocument();
  await openOffscreenDocument();
  if (!(await answersSoon())) throw new LinkError({ code: 'no-answer' });
}

async function answersSoon(): Promise<boolean> {
  const giveUpAtMs = performance.now() + HANDSHAKE_LIMIT_MS;
  while (performance.now() < giveUpAtMs) {
    if ((await ping()) !== null) return true;
    await new Promise((resolve) => setTimeout(resolve, PING_PAUSE_MS));
  }
  return false;
}
