/** What a transfer does, in the fewest words. */
export const STATE_WORDS = {
  fetchingMetadata: 'Getting details',
  lookingForSources: 'Looking for sources',
  choosing: 'Waiting for you to choose',
  checking: 'Checking what is here',
  downloading: 'Downloading',
  saving: 'Saving to Downloads',
  done: 'Done',
  sharing: 'Done, sharing',
  paused: 'Paused',
  sharingPaused: 'Done, sharing paused',
  failed: 'Stopped',
} as const;
