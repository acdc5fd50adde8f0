const INNER_NAME = /(?:^|\.)(?:localhost|local|internal|intranet|lan|home|corp|private|home\.arpa)$/;
const FOUR_NUMBERS = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/;

/**
 * Whether a host is of this machine or of a local network by its very name: loopback, private, link-local, shared and
 * reserved addresses, names without a dot, and endings that the public name system does not have. What a public name
 * resolves to is not known here.
 * @param hostname As `URL.hostname` gives it: lower case, IPv4 in four decimal numbers, IPv6 in brackets.
 * @see RFC 1918, 3927, 4193, 4291, 6598, 6761, 6762, 6890.
 */
export function isPrivateHost(hostname: string): boolean {
  const name = hostname.replace(/\.$/, '');
  if (name.startsWith('[')) return isPrivateV6(name.slice(1, -1));
  const numbers = FOUR_NUMBERS.exec(name)?.slice(1).map(Number);
  if (numbers !== undefined) return isPrivateV4(numbers[0] ?? 0, numbers[1] ?? 0);
  return !name.includes('.') || INNER_NAME.test(name);
}

function isPrivateV4(first: number, second: number): boolean {
  if (first === 0 || first === 10 || first === 127 || first >= 224) return true;
  if (first === 100) return second >= 64 && second < 128;
  if (first === 169) return second === 254;
  if (first === 172) return second >= 16 && second < 32;
  if (first === 192) return second === 168;
  return first === 198 && (second === 18 || second === 19);
}

function isPrivateV6(address: string): boolean {
  // An IPv4 address in IPv6 clothes: as the URL standard writes it, `::ffff:7f00:1`.
  const mapped = /^(?:::ffff:|64:ff9b::)([0-9a-f]{1,4}):[0-9a-f]{1,4}$/.exec(address)?.[1];
  if (mapped !== undefined) {
    const high = Number.parseInt(mapped, 16);
    return isPrivateV4(high >> 8, high & 255);
  }
  return address.startsWith('::') || /^(?:f[cd]|fe[89ab]|ff)[0-9a-f]{0,2}:/.test(address);
}
