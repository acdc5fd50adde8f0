import { randomBytes } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { makeAdminAccess } from './admin/admin-access.ts';
import { makeAdminApi } from './admin/admin-api.ts';
import { loadAdminToken } from './admin/admin-token.ts';
import { openAllowList } from './catalogue/allow-list.ts';
import { openCatalogue } from './catalogue/catalogue.ts';
import type { EdgeEvent } from './edge-event.ts';
import { clientAddress } from './http/client-address.ts';
import { makeFrontDoor } from './http/front-door.ts';
import { makeOpenServer } from './http/open-server.ts';
import { type EdgeLimits, LIMITS } from './limits/edge-limits.ts';
import { makeBuckets } from './limits/token-buckets.ts';
import type { EdgeOptions } from './options.ts';
import { makeOrigin } from './origin/origin.ts';
import { makeTracker, type Tracker } from './tracker/tracker.ts';

/** What else an edge is made of; tests have other limits and other records. */
export type EdgeParts = {
  readonly limits: EdgeLimits;
  readonly now: () => number;
  readonly chance: () => number;
  /** Problems that somebody should hear of, as sentences. */
  readonly warn: (text: string) => void;
};

export type Edge = {
  /** `http://localhost:8000`: this machine's name for it. */
  readonly url: string;
  readonly port: number;
  readonly published: number;
  /** Who may meet here. */
  readonly serves: 'any' | 'listed';
  /** The admin token, when it was made now; it is never shown again. */
  readonly madeToken: string | null;
  readonly tracker: Tracker;
  /** Reads a renewed certificate. */
  readonly renewTls: () => Promise<void>;
  /** Answers nothing new, ends what goes on, and resolves when all that was counted is on the disk. */
  readonly close: () => Promise<void>;
};

const SWEEP_EVERY_MS = 10_000;
/** Answers that are on their way may end by themselves for so long. */
const LAST_ANSWERS_MS = 2_000;
/** Not every failure to write is worth a line. */
const WARN_EVERY_MS = 60_000;
