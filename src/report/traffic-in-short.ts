import { durationInWords } from '../scenario/duration';
import { type Traffic, type TrafficPhase, trafficInWords, trafficSeconds } from '../scenario/traffic';
import { amount } from './amount';

/** With more phases than this nobody reads them one by one. */
const MOST_PHASES_READ = 5;

/** Traffic in one line, however many phases it has: as it is written, or from where to where it goes. */
export function trafficInShort(traffic: Traffic): string {
  const count = traffic.phases.length;
  if (count <= MOST_PHASES_READ) return trafficInWords(traffic);
  const kinds = ['users', 'rps'] as const;
  const parts = kinds.flatMap((kind) => rangeOf(traffic, kind));
  return `${parts.join(' and ')} over ${durationInWords(trafficSeconds(traffic))}, in ${amount(count)} phases`;
}

function rangeOf(traffic: Traffic, kind: TrafficPhase['kind']): string[] {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const phase of traffic.phases) {
    if (phase.kind !== kind) continue;
    least = Math.min(least, phase.from, phase.to);
    most = Math.max(most, phase.from, phase.to);
  }
  return least <= most ? [`${amount(least)} to ${amount(most)} ${kind === 'users' ? 'users' : 'requests per second'}`] : [];
}
