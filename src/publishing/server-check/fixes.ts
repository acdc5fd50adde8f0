import type { Finding, FindingCode } from './finding.ts';

/** What publishers have their files on. */
export const SERVER_KINDS = ['nginx', 'apache', 'caddy', 's3', 'pages'] as const;
export type ServerKind = (typeof SERVER_KINDS)[number];

export const SERVER_KIND_NAMES: { readonly [Kind in ServerKind]: string } = {
  nginx: 'nginx',
  apache: 'Apache',
  caddy: 'Caddy',
  s3: 'S3 and CloudFront',
  pages: 'Netlify, Cloudflare Pages',
};

/** Lines for a configuration, or what to do where there is none to write. */
export type Fix = { readonly [Kind in ServerKind]: string };

/** What the texts below name: the path of the file on its server, as a request has it. */
type Target = {
  readonly path: string;
  readonly folder: string;
  readonly host: string;
  /** The host without its port: what a certificate is for. */
  readonly hostname: string;
  readonly ending: string;
};

const CORS = 'Access-Control-Allow-Origin';
const EXPOSE = 'Access-Control-Expose-Headers';
const EXPOSED = 'Content-Range, ETag, Link, Repr-Digest';

const RANGES = ({ folder, path, host }: Target): Fix => ({
  nginx: `location ${folder} {
    # A file on this machine: remove "max_ranges 0;" and "gzip on;".
    # One from another server:
    proxy_force_ranges on;
    proxy_set_header   Range $http_range;
}`,
  apache: `<Location "${folder}">
    # Remove "MaxRanges none", "Header unset Accept-Ranges"
    # and "RequestHeader unset Range".
    MaxRanges default
    SetEnv no-gzip 1
</Location>`,
  caddy: `${host} {
    # file_server sends parts by itself;
    # a script or "encode" in between does not.
    handle ${folder}* {
        file_server
    }
}`,
  s3: `S3 and CloudFront send parts by themselves.
For the behaviour of ${path}:
    Compress objects automatically: No
    Lambda@Edge, CloudFront Functions: none that answer or drop the Range header`,
  pages: `Serve ${path} as a file, not from a function.
Cloudflare Pages takes no file above 25 MiB: put it into an
R2 bucket with a host name of yours, which sends parts.`,
});

const ENCODING = ({ path, folder, ending, host }: Target): Fix => ({
  nginx: `location ${folder} {
    gzip off;
}`,
  apache: `SetEnvIfNoCase Request_URI "${ending}$" no-gzip dont-vary`,
  caddy: `${host} {
    @small not path ${path}
    encode @small gzip zstd
}`,
  s3: `CloudFront, the behaviour of ${path}:
    Compress objects automatically: No
S3, when the object was stored compressed:
    upload it again without Content-Encoding.`,
  pages: `# _headers
${path}
  Cache-Control: public, max-age=86400, no-transform`,
});

const ETAG = ({ folder, host }: Target): Fix => ({
  nginx: `location ${folder} {
    etag on;
    # gzip makes strong ones weak:
    gzip off;
    # They are made of size and date: copy with rsync --times.
}`,
  apache: `# Made of what is the same on every machine: no inode.
FileETag MTime Size`,
  caddy: `${host} {
    # file_server makes strong ones of size and date:
    # keep dates when copying (rsync --times).
    file_server
}`,
  s3: `S3 makes one for each object. In CloudFront do not remove the ETag header,
and set "Compress objects automatically: No": compression makes it weak.`,
  pages: `Both make one for each file by themselves. Look for
a function or a _headers line that removes or sets ETag.`,
});

const TYPE = ({ path, ending, folder, host }: Target): Fix => ({
  nginx: `location ${folder} {
    types { application/octet-stream ${ending.slice(1)}; }
    # or its own, such as: types { video/mp4 mp4; }
}`,
  apache: `AddType application/octet-stream ${ending}`,
  caddy: `${host} {
    header ${path} Content-Type application/octet-stream
}`,
  s3: `aws s3 cp s3://BUCKET${path} s3://BUCKET${path} \\
    --content-type application/octet-stream --metadata-directive REPLACE`,
  pages: `# _headers
${path}
  Content-Type: application/octet-stream`,
});

const CROSS_ORIGIN = ({ path, folder, host }: Target): Fix => ({
  nginx: `location ${folder} {
    add_header ${CORS} "*" always;
    add_header ${EXPOSE} "${EXPOSED}" always;
}`,
  apache: `<Location "${path}">
    Header always set ${CORS} "*"
    Header always set ${EXPOSE} "${EXPOSED}"
</Location>`,
  caddy: `${host} {
    header ${path} {
        ${CORS} *
        ${EXPOSE} "${EXPOSED}"
    }
}`,
  s3: `[{
  "AllowedOrigins": ["*"], "AllowedMethods": ["GET", "HEAD"], "AllowedHeaders": ["*"],
  "ExposeHeaders": ["Content-Range", "ETag", "Link", "Repr-Digest"]
}]
S3: Permissions, Cross-origin resource sharing.
CloudFront: a response headers policy with CORS.`,
  pages: `# _headers
${path}
  ${CORS}: *
  ${EXPOSE}: ${EXPOSED}`,
});

const HTTPS = ({ host, hostname }: Target): Fix => ({
  nginx: `sudo certbot --nginx -d ${hostname}`,
  apache: `sudo certbot --apache -d ${hostname}`,
  caddy: `# Caddy fetches a certificate by itself
# when the site is named without http://
${host} {
    file_server
}`,
  s3: `Put CloudFront before the bucket,
with a certificate of ACM for ${hostname}:
    Viewer protocol policy: Redirect HTTP to HTTPS`,
  pages: `Both have https by themselves: publish the https:// address.`,
});

const REDIRECT = ({ path, host }: Target): Fix => ({
  nginx: `location = ${path} {
    return 302 https://THE-LAST-ADDRESS$request_uri;  # one step, https
}`,
  apache: `Redirect 302 "${path}" "https://THE-LAST-ADDRESS${path}"`,
  caddy: `${host} {
    redir ${path} https://THE-LAST-ADDRESS${path} 302
}`,
  s3: `Website redirects of S3 speak http only. Use CloudFront with
    Viewer protocol policy: Redirect HTTP to HTTPS`,
  pages: `# _redirects
${path}  https://THE-LAST-ADDRESS${path}  302`,
});

const CONNECTIONS = ({ folder, host, path }: Target): Fix => ({
  nginx: `location ${folder} {
    # where limits are set; the extension uses 3 at a time
    limit_conn perip 8;
    limit_req  zone=perip burst=20 nodelay;
}`,
  apache: `# mod_qos:
QS_SrvMaxConnPerIP 8`,
  caddy: `# Caddy limits nothing by itself: look for rate_limit
# and ${host}${path}.`,
  s3: `CloudFront limits nothing at this scale: look at AWS WAF, rate-based rules.`,
  pages: `Look at the rate limiting rules of the site (Cloudflare: Security, WAF).`,
});

const LENGTH = ({ folder, host, path }: Target): Fix => ({
  nginx: `location ${folder} {
    gzip off;           # compression hides the size
    # Serve the file itself; a script must send Content-Length.
}`,
  apache: `SetEnvIf Request_URI "^${path}$" no-gzip dont-vary`,
  caddy: `${host} {
    handle ${folder}* {
        file_server  # without "encode"
    }
}`,
  s3: `S3 tells it by itself. CloudFront: Compress objects automatically: No`,
  pages: `Serve ${path} as a file, not from a function.`,
});

const FIXES: Partial<Record<FindingCode, (target: Target) => Fix>> = {
  'ignores-ranges': RANGES,
  'wrong-range': RANGES,
  'range-cut-short': RANGES,
  'broke-off': RANGES,
  'range-refused': RANGES,
  encoded: ENCODING,
  'length-unknown': LENGTH,
  'etag-missing': ETAG,
  'etag-weak': ETAG,
  'etag-changes': ETAG,
  'last-modified-missing': ETAG,
  'last-modified-changes': ETAG,
  'type-missing': TYPE,
  'cors-closed': CROSS_ORIGIN,
  'cors-hides': CROSS_ORIGIN,
  'not-encrypted': HTTPS,
  'needs-https': HTTPS,
  'bad-certificate': HTTPS,
  'redirects-unencrypted': REDIRECT,
  'redirects-often': REDIRECT,
  'parallel-refused': CONNECTIONS,
};

/**
 * How a finding is mended on each kind of server, or null where it is not a matter of configuration. The texts name the
 * file by its path; they are starting points for whoever knows the server, not whole configurations.
 */
export function fixOf(finding: Finding, url: string): Fix | null {
  const fix = FIXES[finding.code];
  if (fix === undefined) return null;
  const { pathname, host, hostname } = new URL(url);
  const name = pathname.slice(pathname.lastIndexOf('/') + 1);
  const dot = name.lastIndexOf('.');
  const folder = pathname.slice(0, pathname.lastIndexOf('/') + 1);
  return fix({ path: pathname, folder, host, hostname, ending: dot > 0 ? name.slice(dot) : '.bin' });
}

/** What a server calls itself (`Server` header), as one of the kinds; null when it says nothing we know. */
export function kindOfServer(server: string | null): ServerKind | null {
  const name = server?.toLowerCase() ?? '';
  if (/nginx|openresty/.test(name)) return 'nginx';
  if (/apache/.test(name)) return 'apache';
  if (/caddy/.test(name)) return 'caddy';
  if (/amazons3|cloudfront/.test(name)) return 's3';
  return /netlify|cloudflare/.test(name) ? 'pages' : null;
}
