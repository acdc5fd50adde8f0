import type { Reply } from '../model/commands.ts';

/**
 * Whether the extension has dealt with a click. A failure with a reason of its own has: the list shows it. A process that
 * is gone or that refused the message has not, and the click goes the browser's own way.
 */
export function wasTaken(reply: Reply<'link.capture' | 'link.deliver'> | null): boolean {
  if (reply === null) return false;
  return reply.ok || (reply.failure.code !== 'no-answer' && reply.failure.code !== 'rejected');
}
