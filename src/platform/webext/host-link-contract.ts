import type { Command, Input, Output, Reply } from '../../model/commands.ts';
import type { HostNotices, HostRequests } from '../../model/host-link.ts';
import type { CommandSource } from './command-source.ts';

/** The commands that the background answers itself. */
export type BackgroundCommand =
  | 'engine.wake'
  | 'page.is-left'
  | 'page.links'
  | 'page.add-links'
  | 'page.media'
  | 'page.play-media';

/** The commands that the engine host runs. */
export type HostCommand = Exclude<Command, BackgroundCommand>;

/** What the background does for the host. A handler throws a `LinkError` when the host should hear a failure. */
export type HostRequestHandlers = {
  readonly [R in keyof HostRequests]: (input: HostRequests[R]['input']) => Promise<HostRequests[R]['output']>;
};

/** What the host does for screens and pages. A handler throws an error with a `failure` for what the user shall read. */
export type HostCommandHandlers = {
  readonly [C in HostCommand]: (input: Input<C>, source: CommandSource) => Promise<Output<C>>;
};

export type HostNoticeHandlers = { readonly [N in keyof HostNotices]: (notice: HostNotices[N]) => void };

/** `busy`: there is work that must go on (running, saving or seeding). `screens`: how many are open. */
export type HostStatus = { readonly busy: boolean; readonly screens: number };

/** All that the background may call in the engine host. */
export type HostSide = {
  readonly commands: HostCommandHandlers;
  readonly notices: HostNoticeHandlers;
  readonly status: () => HostStatus;
};

/** The background's end of the link. */
export type HostLink = {
  /** Starts the host unless it runs, and waits until it answers. Safe to call at any time. @throws {LinkError} no-answer. */
  ensure(): Promise<void>;
  /** Has the host run a command, starting it if need be, within the command's time limit. Never rejects. */
  ask<C extends HostCommand>(command: C, input: Input<C>, source: CommandSource): Promise<Reply<C>>;
  /** Tells a running host; a host that is not there asks for itself when it starts. Never rejects. */
  notice<N extends keyof HostNotices>(name: N, notice: HostNotices[N]): Promise<void>;
  /** How the host stands, or null when it is not there or does not answer. Never starts it. */
  status(): Promise<HostStatus | null>;
  /** Ends a host that has neither work nor screens. It then costs no memory; the next command starts it again. */
  closeIfIdle(): Promise<'closed' | 'in-use'>;
  /** Keeps the browser from suspending a host that has work. */
  holdOpen(isBusy: boolean): void;
};

/** The engine host's end of the link. */
export type BackgroundLink = {
  /** @throws {LinkError} with the failure that the background named, or `no-answer` after the time limit. */
  request<R extends keyof HostRequests>(name: R, input: HostRequests[R]['input']): Promise<HostRequests[R]['output']>;
};

/** To be called at once when the background's script runs, or a sleeping background would miss what woke it. */
export type CreateHostLink = (handlers: HostRequestHandlers) => HostLink;
export type CreateBackgroundLink = (host: HostSide) => BackgroundLink;
