import type { Channel } from '../../engine/store/depot-protocol.ts';

/** A Worker, or a Worker's own global scope, as one end of a channel. */
export function workerChannel<Out, In>(port: Pick<Worker, 'postMessage' | 'addEventListener'>): Channel<Out, In> {
  return {
    send: (message, transfer) => port.postMessage(message, transfer),
    listen: (onMessage) => port.addEventListener('message', (event) => onMessage(event.data as In)),
  };
}
