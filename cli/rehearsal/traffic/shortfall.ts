import { percentileSeconds } from './latency-histogram';
import type { TrafficCounts } from './traffic-record';

/** A client that leaves out more of its requests than this share does not make the load that it was asked for. */
const UNSENT_SHARE = 0.05;

/** A client that sends one request in a hundred later than this does not ask when it should. */
const LATE_SECONDS = 0.1;

/** Says that a machine could not make the load it was asked for, and how much it made; undefined where it could. */
export function shortfallInWords({ asked, sent, lateBuckets }: Pick<TrafficCounts, 'asked' | 'sent' | 'lateBuckets'>): string | undefined {
  const lateSeconds = percentileSeconds(lateBuckets, 0.99) ?? 0;
  if (sent >= (1 - UNSENT_SHARE) * asked && lateSeconds <= LATE_SECONDS) return undefined;
  const made = `${sent} of ${asked} requests, 1 in 100 of them ${Math.round(1000 * lateSeconds)} ms late or more`;
  return `the traffic must be what this machine can make, got ${made}: ask for less, or give the rehearsal more cores`;
}
