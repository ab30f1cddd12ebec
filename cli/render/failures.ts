import type { RehearsalOutcome } from '../rehearsal/rehearsal';

/** How requests failed, in the names of the load balancer's metrics, and the last failure in words. */
export function failureLines({ failures }: RehearsalOutcome): string[] {
  const { last, ...counts } = failures;
  const counted = Object.entries(counts).filter(([, count]) => count > 0);
  return [...counted.map(([metric, count]) => `${metric} ${count}`), ...(last === undefined ? [] : [`the last one: ${last}`])];
}
