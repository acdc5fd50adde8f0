import type { HostRequests } from '../model/host-link.ts';
import { api } from '../platform/webext/api.ts';
import type { HostLink } from '../platform/webext/host-link-contract.ts';
import { turns } from '../platform/webext/turns.ts';

// The two alarms are the background's only memory of the host's work: they outlive it when the browser stops it.
const WORKING = 'host-working';
const IDLE = 'host-idle';
const CHECK_MINUTES = 1;

/**
 * Keeps the engine host alive while it has work, and ends it when it has had none for a minute. Call it at once when the
 * script runs: alarms and the browser's start wake the background.
 */
export function watchHost(link: HostLink): void {
  api.alarms.onAlarm.addListener(({ name }) => {
    if (name === WORKING) void reviveIfGone(link);
    if (name === IDLE) void endIfIdle(link);
  });
  // Whether work was left unfinished is in the records, and only the host reads them; alarms are lost with the browser.
  api.runtime.onStartup.addListener(() => void start(link));
  api.runtime.onInstalled.addListener(() => void start(link));
}

const inTurn = turns();

/** Takes note of what the host says about itself. The host says it when it starts and whenever it changes. */
export function noteActivity(link: HostLink, { busy }: HostRequests['host.activity']['input']): Promise<void> {
  link.holdOpen(busy);
  return inTurn(async () => {
    await api.alarms.clear(busy ? IDLE : WORKING);
    if (busy) await api.alarms.create(WORKING, { periodInMinutes: CHECK_MINUTES });
    else await api.alarms.create(IDLE, { delayInMinutes: CHECK_MINUTES });
  });
}

async function reviveIfGone(link: HostLink): Promise<void> {
  if ((await link.status()) === null) await start(link);
}

/** A screen that is open keeps the host; it is looked at again in a minute. */
async function endIfIdle(link: HostLink): Promise<void> {
  if ((await link.closeIfIdle()) === 'in-use') await api.alarms.create(IDLE, { delayInMinutes: CHECK_MINUTES });
}

async function start(link: HostLink): Promise<void> {
  try {
    await link.ensure();
  } catch (error) {
    console.error('The engine host did not start; the next alarm or command tries again.', String(error));
  }
}
