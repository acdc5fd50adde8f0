import { expect, test } from 'vitest';
import { plainAddress } from '../../src/model/login-of-url.ts';

test.each([
  ['no login', 'http://host/a?b#c', 'http://host/a?b#c', null],
  ['name and password', 'http://ann:secret@host:81/a?b', 'http://host:81/a?b', 'ann:secret'],
  ['a name alone', 'https://token@host/', 'https://host/', 'token:'],
  ['signs and other letters', 'http://a%40b:p%C3%A4%3A%20@host/', 'http://host/', 'a@b:pä: '],
  ['a stray percent sign', 'http://ann:100%@host/', 'http://host/', 'ann:100%'],
])('an address with %s', (_name, given, address, login) => {
  const headers = login === null ? {} : { Authorization: `Basic ${Buffer.from(login).toString('base64')}` };
  expect(plainAddress(given)).toEqual({ address, headers });
});
