import { strToU8, zipSync } from 'fflate';
import { METALINK_SUFFIX, type Publication, type Site, TORRENT_SUFFIX } from '../publishing/publication.ts';
import { siteFiles } from '../publishing/site-files.ts';
import { writeMetalink } from '../publishing/write-metalink.ts';

/** Moments that zips can tell begin in 1980; the same file makes the same zip. */
const MODIFIED = new Date(1980, 0, 1);

/** All that is made of one file, as `rivulet publish` lays it out: two files beside it, the rest in a folder. */
export function zipOfPublication(publication: Publication, site: Site): Uint8Array {
  const { name, torrentBytes } = publication;
  const files: Record<string, Uint8Array> = {
    [name + TORRENT_SUFFIX]: torrentBytes,
    [name + METALINK_SUFFIX]: strToU8(writeMetalink(publication)),
  };
  for (const { name: fileName, text } of siteFiles([publication], site)) files[`rivulet/${fileName}`] = strToU8(text);
  return zipSync(files, { mtime: MODIFIED });
}
