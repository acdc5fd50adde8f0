import { writeSync } from 'node:fs';
import { openRecords, type RecordsPlace } from '../../../src/edge/records/records.ts';

/*
 * Writes one event after another, some at once, until it is killed, and tells of each that was acknowledged. Each is its
 * own number of bytes, so that what is missing could be named.
 */
const WRITERS = 40;
const records = await openRecords(JSON.parse(process.argv[2] ?? '') as RecordsPlace);
let next = 1;
const write = async () => {
  for (;;) {
    const number = next;
    next += 1;
    const event = {
      type: 'origin',
      atMs: 0,
      infoHash: 'ab'.repeat(20),
      bytes: number,
      whole: false,
      lineId: null,
    } as const;
    await records.record([event]);
    writeSync(1, `${number}\n`);
  }
};
await Promise.all(Array.from({ length: WRITERS }, write));
