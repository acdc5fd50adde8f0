const START = '^(?:https?|wss?)://(?:[^/@]*@)?';
const END = '\\.?(?::[0-9]+)?/';
const REST = '\\.[0-9]+\\.[0-9]+';

const HOSTS: readonly string[] = [
  `(?:0|10|127|22[4-9]|2[3-5][0-9])\\.[0-9]+${REST}`,
  `(?:169\\.254|192\\.168|198\\.1[89]|172\\.(?:1[6-9]|2[0-9]|3[01]))${REST}`,
  `100\\.(?:6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])${REST}`,
  // All of IPv6 that carries IPv4 too: nobody names public servers so.
  '\\[(?:::|64:ff9b::|f[cd][0-9a-f]*:|fe[89ab][0-9a-f]*:|ff[0-9a-f]*:)[0-9a-f:.]*\\]',
  '[^/.:@[]+',
  '(?:[^/:@[]+\\.)?(?:localhost|local|internal|intranet|lan)',
  '(?:[^/:@[]+\\.)?(?:home|corp|private|home\\.arpa)',
];

/**
 * Patterns of the addresses whose host `isPrivateHost` calls private, for where the browser itself does the matching: in
 * the syntax that RE2 and JavaScript share, and each small enough for Chrome, which allows 2 KiB when compiled.
 */
export const PRIVATE_ADDRESSES: readonly string[] = HOSTS.map((host) => `${START}${host}${END}`);
