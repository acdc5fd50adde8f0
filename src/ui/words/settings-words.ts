import { formatList } from '../formats/format-list.ts';

/** The choice about sharing and the other settings, in the popup and on the welcome page. */
export const SETTINGS_WORDS = {
  sharing: 'Sharing',
  share: 'Share while I download',
  shareMeans:
    'Pieces of what you download also go to others, even when it is done, until you remove it or choose “Download only”.',
  downloadOnly: 'Download only',
  downloadOnlyMeans: 'Nothing is uploaded. Peers and trackers still see your IP address.',
  askFirst: 'Ask before a download starts',
  askFirstMeans: 'Shows the files, who has them and what to beware of.',
  startAtOnce: (sites: readonly string[]) => `Not for links on ${formatList(sites)}.`,
  askAllSites: 'Ask there too',
  hybrid: 'Take part in downloads whose server offers it',
  hybridMeans:
    'Ordinary downloads go through Rivulet when their own server names a torrent. Others stay the browser’s.',
  local: 'Let web pages lead into my local network',
  localMeans: 'Off, a link on a public page cannot make Rivulet contact this computer, your router or other devices.',
  notify: 'Tell me when a download is done',
  reports: 'Tell publishers how their downloads went',
  reportsMean:
    'Which file, bytes from peers and from origins, seconds; nothing about you. Only for links that ask for it. ' +
    'One in twenty of them then comes without peers, to compare with.',
  whoSees: 'Who sees what',
} as const;
