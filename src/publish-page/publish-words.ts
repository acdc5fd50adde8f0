import { formatBytes } from '../ui/formats/format-bytes.ts';
import { formatDuration } from '../ui/formats/format-duration.ts';
import { formatSpeed } from '../ui/formats/format-speed.ts';
import type { AddressRefusal } from './address-model.ts';
import type { PolicyChoice } from './advanced.ts';
import type { JobFailure } from './publish-job.ts';
import type { JobProgress } from './rate-of.ts';

/** Everything the page says. Names of controls and regions are a contract: programs look for them. */
export const PUBLISH_WORDS = {
  title: 'Publish',
  lead: 'Visitors with Rivulet share the load of your file. Everybody else keeps the ordinary link.',

  onServer: 'A file on your server',
  publicUrl: 'Public URL',
  publicUrlExample: 'https://cdn.example/ep42.mp4',
  submit: 'Check and publish',
  stays: 'The file stays where it is. It is read once to make its .torrent; nothing is changed on your server.',

  advanced: 'Advanced',
  mirrors: 'Mirrors',
  mirrorsHint: 'Addresses of the same file on other servers, one a line.',
  trackers: 'Trackers',
  trackersHint: 'Where visitors meet, one a line: wss://… Kept for the next time.',
  policy: 'Policy',
  policyHint: 'What your visitors’ Rivulet does with this file.',
  within: 'Minutes a visitor may wait',
  report: 'Reports to',
  reportHint: 'Address of your edge. Visitors who agreed tell it what came from where; nobody else does.',

  check: 'Server check',
  checking: 'Checking…',
  checkedFine: 'Nothing stands in the way.',
  blocked: 'This cannot be published yet. Mend what is marked, then check again.',
  doubtful: 'This can be published, but it will not work as well as it could.',
  publishAnyway: 'Publish anyway',
  checkAgain: 'Check again',
  howToFix: 'How to fix it',
  serverKind: 'Kind of server',
  adviceLines: (count: number) => `${count} ${count === 1 ? 'piece' : 'pieces'} of advice`,
  fineLines: (count: number) => `${count} more ${count === 1 ? 'thing' : 'things'} checked, all well`,

  reading: 'Reading the file',
  cancel: 'Cancel',
  tryAgain: 'Try again',
  progress: ({ bytes, sizeBytes, bytesPerS, secondsLeft }: JobProgress) =>
    [
      `${formatBytes(bytes)} of ${formatBytes(sizeBytes)}`,
      ...(bytesPerS === null ? [] : [formatSpeed(bytesPerS)]),
      ...(secondsLeft === null ? [] : [`${formatDuration(secondsLeft)} left`]),
    ].join(', '),

  published: 'Ready to publish',
  stepUpload: 'Upload these two beside the file',
  stepUploadHint: (folderUrl: string) => `to ${folderUrl}`,
  stepPaste: 'Paste this where your link is',
  snippet: 'Snippet',
  player: 'Player snippet',
  playerOffer: 'Or with a player',
  copy: 'Copy',
  copied: 'Copied',
  stepMore: 'If you like',
  headers: 'Lines for your server',
  headersHint: 'With these the server itself says where the .torrent is, also to those who do not come from your page.',
  magnet: 'Magnet link',
  magnetHint: 'For messages, and for other BitTorrent programs.',
  everything: 'Download everything',
  everythingHint: 'All of it in one zip.',

  nobodyMeets: 'No tracker is named, so visitors cannot meet: all of it comes from your server.',
  nobodyMeetsRemedy: 'Name one under “Advanced” and publish again. To run your own:',
  verify: 'When all is in place, see that it works:',

  onComputer: 'A file on this computer',
  drop: 'Drop files here, or',
  choose: 'choose files',
  dropHint: 'You get a link to send to a friend, who downloads from this browser.',
  dropNow: 'Drop to get a link for each file',
  copyIsKept:
    'A copy is kept in Rivulet’s storage, so that it can be shared also when this page is closed, until you remove it from the list or choose “Download only”.',
  files: 'Files to share',
  remove: 'Remove from this page',
  waiting: 'Waiting for its turn',
  hashing: 'Reading',
  copying: 'Copying into Rivulet’s storage',
  asks: 'Read. It is shared as soon as the question below is answered.',
  needsTracker: 'A friend needs a place to meet you: a tracker.',
  needsTrackerHint: 'Somebody you know may run one. To run your own, on a machine that both of you can reach:',
  edgeCommand: 'npx rivulet edge',
  tracker: 'Tracker',
  trackerExample: 'wss://tracker.example/',
  useTracker: 'Use it',
  notForBrowsers: 'Browsers need a tracker that begins with wss:// or ws://.',
  shared: 'Shared from this browser while it runs. Send this link:',
  sharedBefore: 'Your list has this file already. Send this link; it works while you share it:',
  friendLink: 'Link for a friend',
  sharingOff: 'You chose “Download only”. A friend can get the file only if you share.',
} as const;

/** The choices of the policy, by what a publisher wants. */
export const POLICY_CHOICE_WORDS: { readonly [Choice in PolicyChoice]: string } = {
  visitor: 'As each visitor has chosen',
  fastest: 'Fastest',
  balanced: 'Balanced: never slower than the plain link',
  'spare-origin': 'Spare my server',
};

/** Why an address was not taken, in a sentence. */
export function refusalWords(refusal: AddressRefusal): string {
  switch (refusal.code) {
    case 'empty':
      return 'Paste the address at which everybody can download the file.';
    case 'not-an-address':
      return 'This is not an address. It should look like https://cdn.example/ep42.mp4';
    case 'not-http':
      return 'Only addresses that begin with https:// or http:// can be published.';
    case 'has-login':
      return 'This address has a login in it, which everybody could read. Give the address without it.';
    case 'has-query':
      return 'This address has a “?” in it. Publish the address of the file itself: the .torrent lies beside it.';
    case 'is-folder':
      return 'This is the address of a folder. Publish one file; “npx rivulet publish” does whole folders.';
    case 'odd-name':
      return 'The name of the file in this address cannot be read. Publish it under a plain name.';
    case 'advanced':
      return refusal.sentence;
  }
}

/** Why a job was not done: what happened, and what to do. */
export function jobFailureWords(failure: JobFailure): { readonly title: string; readonly remedy: string } {
  switch (failure.code) {
    case 'source-changed':
      return { title: 'The file was changed while it was read.', remedy: 'Try again when nobody writes to it.' };
    case 'server-stopped':
      return {
        title: `The server stopped sending after ${formatBytes(failure.atByte)}.`,
        remedy: `Try again; if it stops again, something in between closes long answers. (${failure.reason})`,
      };
    case 'file-unreadable':
      return {
        title: 'The file cannot be read.',
        remedy: `Was it moved or changed? Pick it again. (${failure.reason})`,
      };
    case 'disk-full':
      return { title: 'There is no room for the copy.', remedy: 'Free some space, then try again.' };
    case 'store-failed':
      return { title: 'The copy could not be written.', remedy: `Try again. (${failure.reason})` };
  }
}
