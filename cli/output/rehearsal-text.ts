import type { RehearsalOutcome } from '../../rehearsal/rehearsal';

/** The failed requests by the metrics of the load balancer, and the last failure. */
export function failureLines({ failures }: RehearsalOutcome): string[] {
  const { last, ...counts } = failures;
  const counted = Object.entries(counts).filter(([, count]) => count > 0);
  return [...counted.map(([metric, count]) => `${metric} ${count}`), ...(last === undefined ? [] : [`the last failure: ${last}`])];
}
