import type { DaySums, Sums } from '../../../src/edge/records/day-sums.ts';

export const noReports: Sums['reports'] = {
  completed: 0,
  failed: 0,
  cancelled: 0,
  proven: 0,
  provenWithPeers: 0,
  originBytes: 0,
  peerBytes: 0,
  uploadedBytes: 0,
};

export const nothing: Sums = {
  originAnswers: 0,
  originBytes: 0,
  plain: 0,
  started: 0,
  completed: 0,
  control: 0,
  deliveredBytes: 0,
  reports: noReports,
};

export const aDay = (day: string, deliveredBytes: number, originBytes: number): DaySums => ({
  ...nothing,
  day,
  deliveredBytes,
  originBytes,
});
