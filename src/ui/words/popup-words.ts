import { formatBytes } from '../formats/format-bytes.ts';
import { formatDuration } from '../formats/format-duration.ts';

/** Everything the popup says, besides states and explanations. Names of controls are a contract: programs look for them. */
export const POPUP_WORDS = {
  product: 'Rivulet',
  settings: 'Settings',
  transfers: 'Transfers',

  addField: 'Magnet link, torrent URL or info hash',
  add: 'Add',
  adding: 'Adding…',
  added: 'Added.',
  wasThere: 'This is already in the list.',
  addedMany: (count: number, known: number, leftOut: number) =>
    [
      count === 0 ? 'Nothing to add.' : count === 1 ? 'One link added.' : `${count} links added.`,
      ...(known > 0 ? [known === 1 ? 'One was in the list already.' : `${known} were in the list already.`] : []),
      ...(leftOut > 0 ? [leftOut === 1 ? 'One was left out.' : `${leftOut} were left out.`] : []),
    ].join(' '),
  pageLinks: (count: number) => (count === 1 ? 'One torrent link on this page' : `${count} torrent links on this page`),
  addPageLinks: (count: number, most: number) =>
    count > most ? `Add the first ${most}` : count === 1 ? 'Add it' : 'Add all',
  drop: 'Drop it to add it',
  dropHint: '.torrent and Metalink files, magnet links and torrent URLs, also several at once',

  pause: 'Pause',
  resume: 'Resume',
  remove: 'Remove',
  open: 'Open',
  show: 'Show in folder',
  openLargestOf: (files: number) => `Open the largest of ${files} files`,

  details: 'Details',
  nothingYet: 'Nothing has come yet',
  saveLog: 'Save the log',
  saveLogHint: 'A file that says what this transfer heard and decided, without anybody’s address',

  removeQuestion: 'Remove this from the list?',
  keepFile: 'Keep the file',
  deleteFile: 'Delete the file too',
  keepArrived: 'Keep what arrived',
  deleteArrived: 'Delete what arrived',
  keepArrivedHint: 'What you keep is used if you add it again.',
  cancel: 'Cancel',
  removed: (name: string) => `${name}: removed`,

  percent: (percent: number) => `${percent} percent`,
  fromPeers: (bytes: number, peers = 'peers') => `${formatBytes(bytes)} from ${peers}`,
  fromOrigins: (bytes: number, origins = 'origins') => `${formatBytes(bytes)} from ${origins}`,
  foundHere: (bytes: number) => `${formatBytes(bytes)} found here`,
  sizeOf: (arrivedBytes: number, wholeBytes: number) => `${formatBytes(arrivedBytes)} of ${formatBytes(wholeBytes)}`,
  timeLeft: (seconds: number) => `${formatDuration(seconds)} left`,
  peerHint: 'Peers: other people’s browsers and BitTorrent apps that have this torrent',
  originHint: 'Origins: web servers that have these files',
  uploadHint: 'Going out to other peers',
  moreNotes: (count: number) => `${count} more`,

  publish: 'Publish',
  publishHint: 'Share a file of yours, from your server or from this computer',

  uploaded: (bytes: number) => `Uploaded ${formatBytes(bytes)}`,
  waiting: (count: number) => (count === 1 ? '1 link waits to be added.' : `${count} links wait to be added.`),
  choose: 'Choose',
  bannerState: 'Downloading only.',
  bannerOffer: 'Help others by sharing?',
} as const;
