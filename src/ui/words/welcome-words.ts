/** The welcome page, in plain words. */
export const WELCOME_WORDS = {
  title: 'Welcome to Rivulet',
  lead: 'Click a magnet or torrent link on any page, and find the file in your Downloads. No other program needed.',
  facts: [
    {
      icon: 'drop',
      title: 'What it does',
      text: 'Rivulet gets the pieces of a file from other people (peers) and from web servers (origins) at the same time, and checks every piece before it keeps it.',
    },
    {
      icon: 'eye',
      title: 'Who sees your address',
      text: 'The peers and trackers of the torrents you open see your IP address. So do the public STUN servers that help peers meet (Cloudflare, Google); they do not learn which torrent. Origins see an ordinary download. No account, no telemetry.',
    },
    {
      icon: 'upload',
      title: 'What is uploaded',
      text: 'Only if you choose to share: pieces of the torrents you download, while they are in your list. Nothing else, and only while the browser runs.',
    },
    {
      icon: 'pause',
      title: 'How to stop it',
      text: 'Pause a download or remove it from the list at any time, or choose “Download only” in the settings of the popup.',
    },
  ],
  question: 'Would you like to share?',
  questionHint: 'Sharing keeps torrents alive for everyone. Downloading works either way.',
  share: 'Share while I download',
  shareMeans: 'Pieces you have also go to others.',
  downloadOnly: 'Download only',
  downloadOnlyMeans: 'Nothing is uploaded.',
  chosenBefore: { share: 'Now: you share while you download.', 'download-only': 'Now: you download only.' },

  set: 'You are set.',
  chosen: { share: 'You share while you download.', 'download-only': 'You download only.' },
  changeLater: 'You can change this at any time in the popup’s settings.',
  tryIt: 'Try it:',
  steps: [
    'Open any page with a magnet or .torrent link. The Internet Archive has millions: pick an item, then “Torrent” among its download options.',
    'Click the link. Nothing else opens; Rivulet starts at once.',
    'Press the Rivulet button in the toolbar to watch it arrive. If you do not see it, look behind the puzzle piece.',
  ],
  archive: 'Open archive.org',
  archiveUrl: 'https://archive.org/',
  change: 'Change my choice',
} as const;
