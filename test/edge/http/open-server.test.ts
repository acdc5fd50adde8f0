import { request } from 'node:https';
import type { TLSSocket } from 'node:tls';
import { expect, onTestFinished, test } from 'vitest';
import { makeOpenServer } from '../../../src/edge/http/open-server.ts';
import { CERTIFICATES } from '../../support/certificates.ts';

/** Asks once, over a new connection, and returns whom the certificate names. */
function whoAnswers(port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    request({ port, host: '127.0.0.1', rejectUnauthorized: false, agent: false }, (response) => {
      resolve(String((response.socket as TLSSocket).getPeerCertificate().subject.CN));
      response.resume();
    })
      .on('error', reject)
      .end();
  });
}

test('an edge serves over TLS, and takes a renewed certificate while it runs', async () => {
  const tls = (name: keyof typeof CERTIFICATES) => ({
    cert: Buffer.from(CERTIFICATES[name].cert),
    key: Buffer.from(CERTIFICATES[name].key),
  });
  const bounds = { connectionsPerAddress: 10, headersWithinMs: 10_000 };
  const opened = makeOpenServer(tls('first'), bounds, (_, response) => response.end('here'));
  await new Promise<void>((resolve) => opened.server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    opened.destroySockets();
    opened.server.close();
  });
  const address = opened.server.address();
  if (address === null || typeof address === 'string') throw new Error('a server has a port');
  expect(await whoAnswers(address.port)).toBe('edge-a.test');
  opened.renew(tls('renewed'));
  expect(await whoAnswers(address.port)).toBe('edge-b.test');
});
