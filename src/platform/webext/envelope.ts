import type { CommandSource } from './command-source.ts';

/**
 * Messages are broadcast: every page of the extension hears every one, so each carries its address, and whoever is not
 * named stays silent. The address is no proof of anything; who sent it is asked of the browser (`sender.ts`).
 */
export type ToBackground =
  | { readonly to: 'background'; readonly kind: 'command'; readonly command: string; readonly input: unknown }
  | { readonly to: 'background'; readonly kind: 'request'; readonly name: string; readonly input: unknown };

export type ToHost =
  | { readonly to: 'engine-host'; readonly kind: 'ping' }
  | {
      readonly to: 'engine-host';
      readonly kind: 'command';
      readonly command: string;
      readonly input: unknown;
      readonly source: CommandSource;
    }
  | { readonly to: 'engine-host'; readonly kind: 'notice'; readonly name: string; readonly notice: unknown };

/** Whether a message is for the background. Its `input` is still whatever the sender wrote. */
export function isToBackground(message: unknown): message is ToBackground {
  if (!isRecord(message) || message.to !== 'background') return false;
  return (
    (message.kind === 'command' && typeof message.command === 'string') ||
    (message.kind === 'request' && typeof message.name === 'string')
  );
}

/** Whether a message is for the engine host. Only to be trusted when the browser says that the background sent it. */
export function isToHost(message: unknown): message is ToHost {
  return isRecord(message) && message.to === 'engine-host' && typeof message.kind === 'string';
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
