import type { FileIndex } from '../../../src/model/ids.ts';
import type { TransferView } from '../../../src/model/transfer-view.ts';
import {
  checkingView,
  doneView,
  failedView,
  GB,
  metadataView,
  pausedView,
  sampleView,
  savingView,
} from './sample-view.ts';

const LABELS = ['Films', 'Linux', 'Music', 'Podcasts', 'A label that is rather long for its column'];

/** A list as a heavy user has it: mostly done, some running, a few of everything else. The same for each `count`. */
export const manyViews = (count: number): readonly TransferView[] =>
  Array.from({ length: count }, (_, nth) => view(nth));

function view(nth: number): TransferView {
  const kind = (nth * 7) % 20;
  const label = nth % 3 === 0 ? (LABELS[(nth / 3) % LABELS.length] ?? null) : null;
  const sizeBytes = ((nth * 37) % 90) * 0.1 * GB + 40_000_000;
  const common = { label, addedAtMs: Date.UTC(2026, 7, 20, 12) - nth * 3_700_000 };
  const running = { ...common, sizeBytes, queuePlace: nth + 1 };
  if (kind === 0) return metadataView(nth, { ...common, queuePlace: nth + 1 });
  if (kind === 1) return failedView(nth, { ...common, name: `planet-2608${nth}.osm.pbf` });
  if (kind === 2) return checkingView(nth, running);
  if (kind === 3) return savingView(nth, { ...common, sizeBytes });
  if (kind < 6) return pausedView(nth, { ...running, name: `debian-13.${nth}.0-amd64-netinst.iso` });
  if (kind < 8)
    return sampleView(nth, {
      ...running,
      name: `Lecture ${nth}: rivers, deltas and other networks.webm`,
      isWaiting: true,
      peerBytesPerS: 0,
      originBytesPerS: 0,
      secondsLeft: null,
      peersConnected: 0,
      originsUsable: 0,
      verified: { peerBytes: 0, originBytes: 0, hereBytes: 0 },
    });
  if (kind < 11)
    return sampleView(nth, {
      ...running,
      name: `Open Movie Collection ${nth} (1080p).mkv`,
      playable: 0 as FileIndex,
      peerBytesPerS: ((nth * 13) % 40) * 100_000,
      originBytesPerS: ((nth * 17) % 30) * 100_000,
      uploadBytesPerS: (nth % 5) * 40_000,
      uploadedBytes: (nth % 9) * 21_000_000,
      secondsLeft: (nth * 29) % 5_000,
      verified: { peerBytes: sizeBytes * 0.4, originBytes: sizeBytes * ((nth % 5) / 10), hereBytes: 0 },
    });
  return doneView(nth, {
    ...common,
    sizeBytes,
    name: `Live at Barton Hall ${1977 + (nth % 40)}-05-0${(nth % 9) + 1} (${nth})`,
    isSeeding: kind < 14,
    uploadBytesPerS: kind === 12 ? (nth % 7) * 30_000 : 0,
    uploadedBytes: sizeBytes * ((nth % 23) / 10),
    peersConnected: kind < 14 ? nth % 12 : 0,
  });
}
