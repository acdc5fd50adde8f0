import type { SelfSignedServer } from './browser-driver.ts';
import type { Firefox } from './firefox.ts';

/**
 * Makes Firefox take the certificate of one server for valid until it ends, as "Accept the Risk and Continue" does on
 * its page of warning. WebDriver's `acceptInsecureCerts` does not reach what an extension's background fetches.
 */
export async function trustCertificate({ execChrome }: Firefox, { url, certificate }: SelfSignedServer): Promise<void> {
  const { hostname, port } = new URL(url);
  const base64 = certificate.certPem.replaceAll(/-----.*-----|\s/g, '');
  const remember = (host: string, port: number, base64: string) => {
    // @ts-expect-error only Firefox's own windows have it
    const { classes, interfaces } = Components;
    const database = classes['@mozilla.org/security/x509certdb;1'].getService(interfaces.nsIX509CertDB);
    const overrides = classes['@mozilla.org/security/certoverride;1'].getService(interfaces.nsICertOverrideService);
    overrides.rememberValidityOverride(host, port, {}, database.constructX509FromBase64(base64), true);
  };
  await execChrome(remember, hostname, Number(port), base64);
}
