import { describedByHeaders, digestHeader } from '../file-headers.ts';
import { METALINK_TYPE, TORRENT_TYPE } from '../media-type.ts';
import { METALINK_SUFFIX, type Publication, TORRENT_SUFFIX } from '../publication.ts';
import { decodedPathOf } from '../published-urls.ts';

const HEAD = `#!/bin/sh
# Types and metadata for S3, R2 and the like, by the aws program, once the files are uploaded:
#
#   BUCKET=my-bucket sh rivulet/s3-headers.sh
#   BUCKET=my-bucket AWS_ENDPOINT_URL=https://ACCOUNT.r2.cloudflarestorage.com sh rivulet/s3-headers.sh
#
# Buckets send no Link header. It is stored as metadata ("link", "repr-digest"), and this CloudFront function (event type:
# viewer response) makes headers of it:
#
#   function handler(event) {
#     var headers = event.response.headers;
#     if (headers['x-amz-meta-link']) headers['link'] = { value: headers['x-amz-meta-link'].value };
#     if (headers['x-amz-meta-repr-digest']) headers['repr-digest'] = { value: headers['x-amz-meta-repr-digest'].value };
#     return event.response;
#   }
set -eu
: "\${BUCKET:?Set BUCKET to the name of the bucket.}"
cd "$(dirname "$0")/.."

describe() { # key, type, metadata
  aws s3 cp "s3://$BUCKET/$1" "s3://$BUCKET/$1" --metadata-directive REPLACE --content-type "$2" --metadata "$3"
}
upload() { # file, key, type
  aws s3 cp "$1" "s3://$BUCKET/$2" --content-type "$3"
}
`;

/** A script for buckets: it copies each file onto itself with its metadata, and uploads what lies beside it. */
export function writeS3Script(publications: readonly Publication[]): string {
  return HEAD + publications.map(commandsOf).join('');
}

function commandsOf(publication: Publication): string {
  const { file, mediaType, url } = publication;
  const key = decodedPathOf(url).slice(1);
  const metadata = JSON.stringify({
    link: describedByHeaders(publication)
      .map(({ value }) => value)
      .join(', '),
    'repr-digest': digestHeader(publication).value,
  });
  // "./" keeps a name that begins with a dash from being an option.
  const path = `./${file.path.join('/')}`;
  return [
    '',
    `describe ${quoted(key)} ${quoted(mediaType)} ${quoted(metadata)}`,
    `upload ${quoted(path + TORRENT_SUFFIX)} ${quoted(key + TORRENT_SUFFIX)} ${quoted(TORRENT_TYPE)}`,
    `upload ${quoted(path + METALINK_SUFFIX)} ${quoted(key + METALINK_SUFFIX)} ${quoted(METALINK_TYPE)}`,
    '',
  ].join('\n');
}

/** One word of a POSIX shell, whatever is in it. */
const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
