import type { ServerResponse } from 'node:http';
import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import type { EdgeEvent } from '../edge-event.ts';
import { send } from './answer.ts';

/**
 * What this process recorded since it started, for Prometheus. Edges that share a database count each for itself, so that
 * sums over them are right; what outlives a restart is in the statistics.
 */
export function createMetrics() {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const bytes = new Counter({
    registers,
    name: 'rivulet_bytes_total',
    help: 'Bytes by source: of the origin as its own records say, of peers as clients claim.',
    labelNames: ['source'] as const,
  });
  const downloads = new Counter({
    registers,
    name: 'rivulet_downloads_total',
    help: 'Downloads by how they ended and who says so: origin (whole answers), tracker or client (reports).',
    labelNames: ['result', 'told_by'] as const,
  });
  const seconds = new Histogram({
    registers,
    name: 'rivulet_delivery_seconds',
    help: 'How long completed deliveries took, as clients report.',
    labelNames: ['cohort'] as const,
    buckets: [1, 3, 10, 30, 100, 300, 1000, 3000, 10_000, 30_000],
  });
  const refusals = new Counter({
    registers,
    name: 'rivulet_reports_refused_total',
    help: 'Reports and challenges that were refused, by status.',
    labelNames: ['status'] as const,
  });
  const countOne = (event: EdgeEvent) => {
    switch (event.type) {
      case 'origin':
        bytes.inc({ source: 'origin' }, event.bytes);
        if (event.whole) downloads.inc({ result: 'completed', told_by: 'origin' });
        break;
      case 'started':
      case 'completed':
        downloads.inc({ result: event.type, told_by: 'tracker' });
        break;
      case 'report':
        bytes.inc({ source: 'peer' }, event.peerBytes);
        downloads.inc({ result: event.result, told_by: 'client' });
        if (event.result === 'completed' && event.isTimed) seconds.observe({ cohort: event.cohort }, event.seconds);
    }
  };
  return {
    registry,
    count: (events: readonly EdgeEvent[]) => events.forEach(countOne),
    refused: (status: number) => refusals.inc({ status }),
    send: async (response: ServerResponse) => send(response, 200, registry.contentType, await registry.metrics()),
  };
}
