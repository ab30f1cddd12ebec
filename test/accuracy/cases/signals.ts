import type { Outcome, TimelineRow } from '../../../src/run/outcome';
import { type CaseResult, median, within } from './case-result';
import type { CaseRun } from './case-run';
import type { CaseExpectation } from './scaling-case';

type Signal = (row: TimelineRow) => number | undefined;

const SIGNALS: Readonly<Record<string, Signal>> = {
  cpu_pct: (row) => row.cpuUtilizationPercent,
  throughput_rps: (row) => row.servedRequestsPerSecond,
  RequestCountPerTarget: (row) => row.requestCountPerTarget,
};

const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth'];

/** A signal over the full minutes of the load that the words of an expectation choose, in the middle of all runs. */
export function signal(run: CaseRun, expectation: CaseExpectation): CaseResult {
  const name = expectation.signal ?? expectation.metric ?? '';
  const values = run.outcomes.map((outcome) => signalOf(name, outcome, run, expectation)).filter((value) => value !== undefined);
  const wanted = Number(expectation.value);
  const tolerance = expectation.tol_abs ?? wanted * (expectation.tol_rel ?? 0.05);
  return within(values.length === 0 ? undefined : median(values), wanted - tolerance, wanted + tolerance, UNITS[name] ?? '');
}

function signalOf(name: string, outcome: Outcome, run: CaseRun, { when = '' }: CaseExpectation): number | undefined {
  if (name === 'mean_latency_ms') return outcome.totals.meanLatencyMillis;
  const read = SIGNALS[name];
  if (read === undefined) throw new Error(`signal must be one of ${Object.keys(SIGNALS).join(', ')} or mean_latency_ms, got '${name}'`);
  const rows = fullMinutes(outcome, run).filter(chosenBy(when, outcome));
  const values = rows.map(/1 task serving/.test(when) ? survivorCpu(run) : read).filter((value) => value !== undefined);
  if (values.length === 0) return undefined;
  return /full 1-min bucket/.test(when) ? Math.max(...values) : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The CPU of the one task that answers everything. The metric is an average with the task that takes the other's place and does nothing yet. */
function survivorCpu({ scenario: { plan, workload } }: CaseRun): Signal {
  return (row) => (100 * (workload.idleVcpu + workload.cpuSecondsPerRequest * row.servedRequestsPerSecond)) / (plan.task.cpu / 1024);
}

/** Minutes that the load filled. */
function fullMinutes(outcome: Outcome, { load }: CaseRun): TimelineRow[] {
  return outcome.timeline.filter((row, index) => {
    const startSeconds = outcome.timeline[index - 1]?.atSeconds ?? 0;
    return startSeconds >= load.startSeconds && row.atSeconds <= load.endSeconds;
  });
}

/** Reads words such as `2 tasks healthy, full load`, `60 users, 2 tasks` and `>=120 s after third task healthy`. */
function chosenBy(when: string, outcome: Outcome): (row: TimelineRow) => boolean {
  const after = />=(\d+) s after (\w+) task healthy/.exec(when);
  if (after) {
    const count = ORDINALS.indexOf(after[2]!) + 1;
    const healthy = outcome.timeline.find((row) => row.healthyCount >= count);
    return (row) => healthy !== undefined && row.atSeconds >= healthy.atSeconds + Number(after[1]);
  }
  if (/1 task serving/.test(when)) return (row) => shareOfLoss(outcome, row) > 0.9;
  const tasks = /(\d+) (?:tasks?|healthy targets?)/.exec(when)?.[1];
  const users = /(\d+) users/.exec(when)?.[1];
  const hasTasks = tasks === undefined ? () => true : atMoment(outcome, Number(tasks));
  return (row) => hasTasks(row) && (users === undefined || Math.abs((row.users ?? 0) - Number(users)) <= 1);
}

/** The share of a row in which a task was lost and its replacement not healthy yet. */
function shareOfLoss({ timeline, events }: Outcome, row: TimelineRow): number {
  const startSeconds = timeline[timeline.indexOf(row) - 1]?.atSeconds ?? 0;
  const lostSeconds =
    events.find(({ kind, tasks }) => kind === 'task-lost' || (kind === 'fault' && tasks !== undefined))?.atSeconds ??
    Number.POSITIVE_INFINITY;
  const replacedSeconds = events.find(({ kind }) => kind === 'replacement-healthy')?.atSeconds ?? Number.POSITIVE_INFINITY;
  return (Math.min(row.atSeconds, replacedSeconds) - Math.max(startSeconds, lostSeconds)) / (row.atSeconds - startSeconds);
}

/** Whether a row began and ended with so many healthy tasks. */
function atMoment(outcome: Outcome, tasks: number): (row: TimelineRow) => boolean {
  return (row) => {
    const before = outcome.timeline[outcome.timeline.indexOf(row) - 1];
    return row.healthyCount === tasks && (before === undefined || before.healthyCount === tasks);
  };
}

const UNITS: Readonly<Record<string, string>> = { cpu_pct: ' %', throughput_rps: ' req/s', mean_latency_ms: ' ms' };
