const ID = 'c12fe1c06bba254a9dc9f519b335aa7c1367a88a';

/** An input of each command of the group that the door takes as it is. */
export const DATA_INPUTS = {
  'transfer.add-sources': { id: ID, trackers: ['wss://a.example/announce'], origins: ['https://b.example/f'] },
  'transfer.remove-source': { id: ID, url: 'wss://a.example/announce' },
  'transfer.recheck': { id: ID },
  'transfer.lend': { id: ID },
  'transfer.reseed': { id: ID, own: [0, 7] },
  'transfer.keep-copy': { id: ID, keep: null },
  'transfer.drop-copy': { id: ID },
  'store.use': null,
  'store.clean': null,
  'ledger.totals': null,
  'state.export': { withSecrets: false },
  'state.import': { text: '{}' },
} as const;
