import { request } from 'node:https';
import type { TLSSocket } from 'node:tls';
import { expect, onTestFinished, test } from 'vitest';
import { makeOpenServer } from '../../../src/edge/http/open-server.ts';

// Made with openssl for these tests alone, for a hundred years; they guard nothing.
const CERTIFICATES = {
  first: {
    cert: `-----BEGIN CERTIFICATE-----
MIIBoDCCAUWgAwIBAgIUejGy/F1FPrvOHZT6l3HRLgay+1AwCgYIKoZIzj0EAwIw
FjEUMBIGA1UEAwwLZWRnZS1hLnRlc3QwIBcNMjYxMTIyMTI0ODAxWhgPMjEyNjEw
MjkxMjQ4MDFaMBYxFDASBgNVBAMMC2VkZ2UtYS50ZXN0MFkwEwYHKoZIzj0CAQYI
KoZIzj0DAQcDQgAEZ4dPxmqI7SWyBZmw+xDXjgvZq43+sdGhPw8d/rwc3DTQ7jyD
9VCciXQ/A4j1mDAXNobj5mQ2exkba8vnvAy0a6NvMG0wHQYDVR0OBBYEFHyAHP3A
qbtOBNESir2flldaazpJMB8GA1UdIwQYMBaAFHyAHP3AqbtOBNESir2flldaazpJ
MA8GA1UdEwEB/wQFMAMBAf8wGgYDVR0RBBMwEYIJbG9jYWxob3N0hwR/AAABMAoG
CCqGSM49BAMCA0kAMEYCIQCeHkznFFpM+3rVOOJQBvdxbzeR1CepwLZPiIgNm5hl
UQIhAOYxDGvUMgpcVIl4LgRMwLbkiY3+yBf20TXURvYPHFCR
-----END CERTIFICATE-----
`,
    key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQga+bAsNVtBRpznKAy
S3LmqbZSGqwgmv8cvpVMPss2paShRANCAARnh0/GaojtJbIFmbD7ENeOC9mrjf6x
0aE/Dx3+vBzcNNDuPIP1UJyJdD8DiPWYMBc2huPmZDZ7GRtry+e8DLRr
-----END PRIVATE KEY-----
`,
  },
  renewed: {
    cert: `-----BEGIN CERTIFICATE-----
MIIBnjCCAUWgAwIBAgIUVL38SGb/v9jX2Gq379XgcnriUhAwCgYIKoZIzj0EAwIw
FjEUMBIGA1UEAwwLZWRnZS1iLnRlc3QwIBcNMjYxMTIyMTI0ODAxWhgPMjEyNjEw
MjkxMjQ4MDFaMBYxFDASBgNVBAMMC2VkZ2UtYi50ZXN0MFkwEwYHKoZIzj0CAQYI
KoZIzj0DAQcDQgAEn9KGCl+/OU5lKws7BiSgfG6/f7n63msVPpm17Plc+zz+8t02
Ht1StzEcM/xORMY2Q7w/mTUYDxuiEygfYO6ET6NvMG0wHQYDVR0OBBYEFI7L4QgU
4N6Uo+b4SN6ckbkGV44KMB8GA1UdIwQYMBaAFI7L4QgU4N6Uo+b4SN6ckbkGV44K
MA8GA1UdEwEB/wQFMAMBAf8wGgYDVR0RBBMwEYIJbG9jYWxob3N0hwR/AAABMAoG
CCqGSM49BAMCA0cAMEQCIBjNFTrHN6ufGHkQBndJJbMIznCSOxQHdoonPfpijVCz
AiBS5GAiEbTdp4u53TXDO8pch00VYyQsNCfLZ+Xac4hTXQ==
-----END CERTIFICATE-----
`,
    key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQga3DD7iCRCxaHCUE+
BiLEosH3wooE8HARO0aX0AMXJBWhRANCAASf0oYKX785TmUrCzsGJKB8br9/ufre
axU+mbXs+Vz7PP7y3TYe3VK3MRwz/E5ExjZDvD+ZNRgPG6ITKB9g7oRP
-----END PRIVATE KEY-----
`,
  },
};

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
