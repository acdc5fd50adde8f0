/** What the empty list teaches. */
export const EMPTY_WORDS = {
  title: 'Nothing here yet',
  ways: [
    'Click a magnet or .torrent link on any page.',
    'Or paste one in the field above.',
    'Or drop a .torrent file anywhere here.',
  ],
  next: 'Rivulet gets it from peers and web servers, checks every piece, and saves it to your Downloads.',
} as const;
