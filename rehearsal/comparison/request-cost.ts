import { formatRounded } from '../../src/advice/remark';
import { vcpuOf } from '../../src/plan/task-size';
import { desiredCounts, type Outcome, type OutcomeEvent, type TimelineRow } from '../../src/run/outcome';
import type { Scenario } from '../../src/run/scenario';
import { forecast } from '../../src/simulation/forecast';
import { costFactor } from '../../src/workload/cpu-demand';

/** The smallest difference of the two costs that is reported. A smaller one is within the error of the two measurements. */
const MIN_REPORTED_DIFFERENCE = 0.1;

/**
 * Reports that requests cost more or less CPU in a rehearsal than in the measurement before it, and what the forecast would be with
 * the observed cost. A machine that is shared or hot is slower in one minute than in another. Empty if the costs agree.
 *
 * @param scenario the scenario of the forecast.
 */
export function requestCostRemark(scenario: Scenario, forecastOutcome: Outcome, observed: Outcome): string[] {
  const { workload } = scenario;
  const costs = requestCostIn(observed, scenario);
  if (costs === undefined) return [];
  const { seconds: cost, measuredSeconds: measured } = costs;
  const ratio = cost / measured;
  if (cost <= 0 || Math.abs(ratio - 1) < MIN_REPORTED_DIFFERENCE) return [];
  const percent = Math.round(100 * Math.abs(ratio - 1));
  const cpuSecondsPerRequest = ratio * workload.cpuSecondsPerRequest;
  const cpuSecondsPerWakeUp = ratio * workload.cpuSecondsPerWakeUp;
  const withCost = forecast({ ...scenario, workload: { ...workload, cpuSecondsPerRequest, cpuSecondsPerWakeUp } });
  return [
    `a request cost ${formatMillis(cost)} of CPU here and ${formatMillis(measured)} when it was measured, ${percent} % ${cost > measured ? 'more' : 'less'}: ` +
      `this machine was ${cost > measured ? 'slower' : 'faster'} than then, or the cost is not linear and requests cost ${cost > measured ? 'more' : 'less'} at these rates. ` +
      `With that cost the forecast ${formatDesiredCounts(withCost) === formatDesiredCounts(forecastOutcome) ? 'is the same' : `would be ${formatDesiredCounts(withCost)} tasks`}, ` +
      `with at most ${maxCpu(withCost)} % CPU in a minute`,
  ];
}

function formatMillis(seconds: number): string {
  return `${Number((1000 * seconds).toPrecision(3))} ms`;
}

function formatDesiredCounts(outcome: Outcome): string {
  return desiredCounts(outcome).join(' -> ');
}

function maxCpu({ timeline }: Outcome): string {
  return formatRounded(Math.max(...timeline.map(({ cpuUtilizationPercent = 0 }) => cpuUtilizationPercent)));
}

/** The CPU utilization of a busy minute. Below this, much of the CPU of a task is not used for requests. */
const BUSY_CPU_PERCENT = 20;

/** The CPU seconds of a request: in a run, and at the same rates as it was measured. */
export interface RequestCosts {
  readonly seconds: number;
  readonly measuredSeconds: number;
}

/**
 * What a request cost in a run: what the tasks used beyond their idle CPU, divided by the requests that they served.
 *
 * Only busy minutes count in which no task started or stopped, no request failed and no fault was active. Undefined without such a minute.
 */
export function requestCostIn({ timeline, events }: Outcome, { plan, workload }: Scenario): RequestCosts | undefined {
  const vcpu = vcpuOf(plan.task);
  const countsForCost = (row: TimelineRow, index: number): boolean => {
    const previous = timeline[index - 1];
    return isBusy(row) && isSteady(row) && previous !== undefined && isUnchanged(row, previous) && !hasFault(events, previous, row);
  };
  const rows = timeline.filter(countsForCost);
  if (rows.length === 0) return undefined;
  const served = sumOf(rows, ({ servedRequestsPerSecond }) => servedRequestsPerSecond);
  const used = sumOf(rows, (row) => ((row.cpuUtilizationPercent! / 100) * vcpu - workload.idleVcpu) * row.healthyCount);
  const highestRate = (vcpu - workload.idleVcpu) / workload.cpuSecondsPerRequest;
  const factorOf = (row: TimelineRow): number =>
    costFactor(workload, Math.min(1, row.servedRequestsPerSecond / row.healthyCount / highestRate));
  const factor = sumOf(rows, (row) => factorOf(row) * row.servedRequestsPerSecond) / served;
  return { seconds: used / served, measuredSeconds: factor * workload.cpuSecondsPerRequest };
}

/** Minutes with failed requests do not count: those may have cost CPU, and are not in the served requests. */
function isBusy({ cpuUtilizationPercent = 0, servedRequestsPerSecond, failedRequests }: TimelineRow): boolean {
  return cpuUtilizationPercent >= BUSY_CPU_PERCENT && servedRequestsPerSecond > 0 && failedRequests === 0;
}

function isSteady({ desiredCount, runningCount, healthyCount }: TimelineRow): boolean {
  return healthyCount === runningCount && healthyCount === desiredCount;
}

function isUnchanged(row: TimelineRow, previous: TimelineRow): boolean {
  return isSteady(previous) && previous.healthyCount === row.healthyCount;
}

function hasFault(events: readonly OutcomeEvent[], previous: TimelineRow, row: TimelineRow): boolean {
  return events.some(
    ({ fault, atSeconds, durationSeconds = 0 }) =>
      fault !== undefined && atSeconds < row.atSeconds && atSeconds + durationSeconds >= previous.atSeconds,
  );
}

function sumOf(rows: readonly TimelineRow[], value: (row: TimelineRow) => number): number {
  return rows.reduce((sum, row) => sum + value(row), 0);
}
