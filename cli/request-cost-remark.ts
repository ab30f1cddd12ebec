import { forecast } from '../src/forecast/forecast';
import { desiredCounts, type Outcome } from '../src/scenario/outcome';
import { rounded } from '../src/scenario/remarks/remark';
import type { Scenario } from '../src/scenario/scenario';
import { requestCostIn } from './rehearsal/request-cost';

/** A smaller difference is that of two measurements of the same. */
const NOTICED_SHARE = 0.1;

/**
 * Says that requests cost something else in a rehearsal than when they were measured, where that is so, and what the forecast would be
 * with it: a machine that is shared, or hot, is slower in one minute than in another.
 *
 * @param scenario as it was forecast.
 */
export function requestCostRemark(scenario: Scenario, foreseen: Outcome, rehearsed: Outcome): string | undefined {
  const measured = scenario.workload.cpuSecondsPerRequest;
  const cost = requestCostIn(rehearsed, scenario);
  if (cost === undefined || cost <= 0 || Math.abs(cost / measured - 1) < NOTICED_SHARE) return undefined;
  const percent = Math.round(100 * Math.abs(cost / measured - 1));
  const withCost = forecast({ ...scenario, workload: { ...scenario.workload, cpuSecondsPerRequest: cost } });
  return (
    `a request cost ${millis(cost)} of CPU here and ${millis(measured)} when it was measured, ${percent} % ${cost > measured ? 'more' : 'less'}: ` +
    `this machine was ${cost > measured ? 'slower' : 'quicker'} than then, or requests cost ${cost > measured ? 'more' : 'less'} at these rates than a straight line says. ` +
    `With that cost the forecast ${counts(withCost) === counts(foreseen) ? 'is as before' : `would be ${counts(withCost)} tasks`}, ` +
    `and its most CPU in a minute ${mostCpu(withCost)} %`
  );
}

function millis(seconds: number): string {
  return `${Number((1000 * seconds).toPrecision(3))} ms`;
}

function counts(outcome: Outcome): string {
  return desiredCounts(outcome).join(' -> ');
}

function mostCpu({ timeline }: Outcome): string {
  return rounded(Math.max(...timeline.map(({ cpuUtilizationPercent = 0 }) => cpuUtilizationPercent)));
}
