import { createHash, generateKeyPairSync, sign } from 'node:crypto';

/** A certificate that nobody has signed but itself, for 127.0.0.1, with its key. */
export type SelfSigned = {
  readonly keyPem: string;
  readonly certPem: string;
  /** SHA-256 of its public key in base64, by which Chromium can be told to trust it alone. */
  readonly keySha256: string;
};

const DAY_MS = 86_400_000;
const ECDSA_WITH_SHA256 = '2a8648ce3d040302';
const COMMON_NAME = '550403';
const SUBJECT_ALT_NAME = '551d11';

/** Makes one that is valid from yesterday for a month. @see RFC 5280 section 4.1 (certificates), X.690 (DER). */
export function makeSelfSigned(): SelfSigned {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const publicKeyInfo = publicKey.export({ type: 'spki', format: 'der' });
  const algorithm = sequence(oid(ECDSA_WITH_SHA256));
  const name = sequence(der(0x31, sequence(oid(COMMON_NAME), der(0x0c, Buffer.from('Rivulet lab')))));
  const validity = sequence(utcTime(Date.now() - DAY_MS), utcTime(Date.now() + 30 * DAY_MS));
  const address = sequence(der(0x87, Buffer.from([127, 0, 0, 1])));
  const extensions = der(0xa3, sequence(sequence(oid(SUBJECT_ALT_NAME), der(0x04, address))));
  const version3 = der(0xa0, der(0x02, Buffer.from([2])));
  const serial = der(0x02, Buffer.from([1]));
  const toSign = sequence(version3, serial, algorithm, name, validity, name, publicKeyInfo, extensions);
  const signature = der(0x03, Buffer.concat([Buffer.from([0]), sign('sha256', toSign, privateKey)]));
  const certificate = sequence(toSign, algorithm, signature);
  const lines = certificate.toString('base64').replaceAll(/.{64}/g, '$&\n');
  return {
    keyPem: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
    certPem: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
    keySha256: createHash('sha256').update(publicKeyInfo).digest('base64'),
  };
}

function der(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

const sequence = (...parts: Buffer[]): Buffer => der(0x30, Buffer.concat(parts));
const oid = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'));

/** `YYMMDDhhmmssZ`. */
const utcTime = (ms: number): Buffer =>
  der(
    0x17,
    Buffer.from(
      new Date(ms)
        .toISOString()
        .replaceAll(/[-:T]|\.\d+/g, '')
        .slice(2),
    ),
  );
