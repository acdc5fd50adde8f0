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
  drop: 'Drop it to add it',
  dropHint: '.torrent files, magnet links and torrent URLs',

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
  bannerState: 'Downloading only.',
  bannerOffer: 'Help others by sharing?',
} as const;
