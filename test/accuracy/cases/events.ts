import type { Outcome } from '../../../src/run/outcome';
import { type CaseResult, median, scalingSeconds, within } from './case-result';
import { type CaseRun, SCHEDULED_AT_SECONDS } from './case-run';
import type { CaseExpectation } from './scaling-case';

/** When an event came after what it is measured from, in the middle of all runs that had it. */
export function eventTime(run: CaseRun, expectation: CaseExpectation): CaseResult {
  const { event = '', reference = 'load_start', value_s: value, tol_s: tolerance = 0 } = expectation;
  const min = (expectation.min_s ?? (value !== undefined && expectation.max_s === undefined ? value : 0)) - tolerance;
  const max = (expectation.max_s ?? value ?? Number.POSITIVE_INFINITY) + tolerance;
  const times = run.outcomes.flatMap((outcome) => {
    const at = secondsOf(event, outcome, run);
    const from = secondsOf(reference, outcome, run);
    return at === undefined || from === undefined ? [] : [at - from];
  });
  // what happens in fewer than half of all runs has no middle.
  return within(times.length * 2 > run.outcomes.length ? median(times) : undefined, min, max, ' s');
}

/** How far two events lie apart. */
export function spacing(run: CaseRun, { events = [], min_s, max_s, value_s, tol_s = 0 }: CaseExpectation): CaseResult {
  const [direction] = events.map((event): 'in' | 'out' => (event.startsWith('scale_out') ? 'out' : 'in'));
  const gaps = run.outcomes.flatMap((outcome) => gapsBetween(scalingSeconds(outcome, direction!)));
  const min = min_s ?? value_s! - tol_s;
  const max = max_s ?? (value_s === undefined ? Number.POSITIVE_INFINITY : value_s + tol_s);
  // a bound on every gap is held against the smallest of them.
  if (gaps.length === 0) return within(undefined, min, max, ' s');
  return within(value_s === undefined ? Math.min(...gaps) : median(gaps), min, max, ' s');
}

/** The seconds at which something happened in a run, or at which the case says that something was done. */
export function secondsOf(name: string, outcome: Outcome, run: CaseRun): number | undefined {
  const scaling = /^scale_(out|in)\[(\d+)\]$/.exec(name);
  if (scaling) return scalingSeconds(outcome, scaling[1] as 'in' | 'out')[Number(scaling[2])];
  const written = /\((\d+) s\)$/.exec(name);
  if (written) return Number(written[1]);
  const read = EVENTS[name];
  if (read === undefined) throw new Error(`event must be one that a run can have, got '${name}'`);
  return read(outcome, run);
}

const EVENTS: Readonly<Record<string, (outcome: Outcome, run: CaseRun) => number | undefined>> = {
  load_start: (_, { load }) => load.startSeconds,
  load_end: (_, { load }) => load.endSeconds,
  stop: (_, { scenario }) => scenario.faults.find(({ kind }) => kind === 'stop-task')?.atSeconds,
  policy_restore: (_, { scenario }) => scenario.policyChanges?.at(-1)?.atSeconds,
  replacement_healthy: (outcome) => outcome.events.find(({ kind }) => kind === 'replacement-healthy')?.atSeconds,
  cron_time: () => SCHEDULED_AT_SECONDS,
  scheduled_action_effect: ({ activities }) => activities[0]?.startSeconds,
  running: ({ activities }) => activities[0]?.endSeconds,
  breach: breachSeconds,
};

/** The end of the first minute in which CPU was over a threshold that adds tasks. */
function breachSeconds({ timeline }: Outcome, { scenario }: CaseRun): number | undefined {
  const { simpleScaling, targetTracking } = scenario.plan.policy;
  const thresholds = [...simpleScaling.map(({ alarm }) => alarm.threshold), ...targetTracking.map(({ targetValue }) => targetValue)];
  const row = timeline.find(({ cpuUtilizationPercent }) => (cpuUtilizationPercent ?? 0) >= Math.max(...thresholds));
  return row?.atSeconds;
}

function gapsBetween(seconds: readonly number[]): number[] {
  return seconds.slice(1).map((at, index) => at - seconds[index]!);
}
