import { expect, test } from 'vitest';
import { isToBackground, isToHost } from '../../../src/platform/webext/envelope.ts';

test.each<[string, unknown, 'background' | 'engine-host' | 'nobody']>([
  ['a command', { to: 'background', kind: 'command', command: 'x', input: null }, 'background'],
  ['a request', { to: 'background', kind: 'request', name: 'x', input: null }, 'background'],
  ['a ping', { to: 'engine-host', kind: 'ping' }, 'engine-host'],
  ['a command without a name', { to: 'background', kind: 'command', input: null }, 'nobody'],
  ['a request whose name is no text', { to: 'background', kind: 'request', name: ['x'] }, 'nobody'],
  ['an unknown kind', { to: 'background', kind: 'notice', name: 'x' }, 'nobody'],
  ['no address', { kind: 'ping' }, 'nobody'],
  ['no kind', { to: 'engine-host' }, 'nobody'],
  ['null', null, 'nobody'],
  ['text', 'background', 'nobody'],
  ['nothing', undefined, 'nobody'],
])('%s', (_name, message, expected) => {
  const addressee = isToBackground(message) ? 'background' : isToHost(message) ? 'engine-host' : 'nobody';
  expect(addressee).toBe(expected);
});
