import { trafficInWords } from '../scenario/traffic';
import type { Report, ReportedRun } from './report';

/** More phases than this are a trace, which nobody wants to find again in every answer. */
const MOST_PHASES_WRITTEN = 1000;

/** A report as JSON: of a single run the run itself, else all of them. */
export function jsonOf({ runs }: Report): string {
  const written = runs.map(runAsJson);
  return `${JSON.stringify(written.length === 1 ? written[0] : written, undefined, 2)}\n`;
}

/** A run as it is written: what is asked beside what is answered, the traffic in words. */
export function runAsJson({ name, scenario, ...answer }: ReportedRun): object {
  const { plan, workload, traffic, behavior, seed, faults } = scenario;
  const words = traffic.phases.length <= MOST_PHASES_WRITTEN ? trafficInWords(traffic) : `${traffic.phases.length} phases`;
  return { name, plan, workload, traffic: words, faults, behavior, seed, ...answer };
}
