/** The choice about sharing and the other settings, in the popup and on the welcome page. */
export const SETTINGS_WORDS = {
  sharing: 'Sharing',
  share: 'Share while I download',
  shareMeans:
    'Pieces of the torrents in your list also go to others who want them, until you pause or remove them. It keeps downloads alive for everyone.',
  downloadOnly: 'Download only',
  downloadOnlyMeans: 'Nothing is uploaded. Peers and trackers still see your IP address.',
  notify: 'Tell me when a download is done',
  whoSees: 'Who sees what',
} as const;
