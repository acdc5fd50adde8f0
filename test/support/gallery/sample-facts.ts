import type { EngineFacts } from '../../../src/model/engine-facts.ts';

/** An engine without limits that has uploaded nothing today. */
export const SAMPLE_FACTS: EngineFacts = {
  uploadedTodayBytes: 0,
  limitInForce: { down: null, up: null },
  scheduleChangesAtMs: null,
  canTellMetered: false,
};
