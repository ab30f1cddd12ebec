import { desiredCounts, type Outcome } from '../../../src/run/outcome';
import { AWS_BEHAVIOR } from '../../../src/scaling/aws-behavior';
import { decideScaleOut, proportionalCapacity } from '../../../src/scaling/decision';
import { type CaseResult, inAll, median, mostOften, sequenceWithin, within } from './case-result';
import { type CaseRun, forecastsOf } from './case-run';
import { eventTime, secondsOf, spacing } from './events';
import { heldFor, loadOfCase } from './load-of-case';
import type { CaseExpectation } from './scaling-case';
import { signal } from './signals';

export type Assertion = (run: CaseRun, expectation: CaseExpectation) => CaseResult;

/** What can be said of the runs of a case, by the name that the file of cases has for it. */
export const TIMELINE_ASSERTIONS: Readonly<Record<string, Assertion>> = {
  event_time: eventTime,
  spacing,
  signal,
  metric_value: signal,
  desired_sequence: sequence((counts) => counts),
  desired_prefix: sequence((counts, wanted) => counts.slice(0, wanted.length)),
  desired_sequence_prefix: sequence((counts, wanted) => counts.slice(0, wanted.length)),
  desired_suffix: sequence((counts, wanted) => counts.slice(-wanted.length)),
  step_size: stepSize,
  computed_desired_unclamped: ({ outcomes }, { value }) =>
    exactly(
      outcomes.map(({ activities }) => activities[0]?.computedCapacity),
      value,
    ),
  final_desired_at_s: ({ outcomes }, { t, value }) =>
    exactly(
      outcomes.map((outcome) => sequenceWithin(outcome, [0, t!]).at(-1)),
      value,
    ),
  max_step_from: largestStep,
  alarm_low_threshold: lowThreshold,
  no_scaling: ({ outcomes }) => inAll(outcomes, 'no scaling', ({ activities }) => activities.length === 0),
  no_scale_in: noScaleIn,
  no_event: (run, { event }) => inAll(run.outcomes, `no ${event}`, (outcome) => secondsOf(event!, outcome, run) === undefined),
  total_errors: ({ outcomes }, { max }) => within(median(outcomes.map(({ totals }) => totals.failedRequests)), 0, max!, ' failed'),
  error_rate: ({ outcomes }, { max }) => within(median(outcomes.map(failedShare)), 0, max!, ''),
  error_kind: errorKinds,
  outage_s: ({ outcomes }, { min = 0, max }) => within(median(outcomes.map(({ totals }) => totals.outageSeconds)), min, max!, ' s'),
  activity_duration: activityDuration,
  deployment_duration: ({ outcomes }, { min_s, max_s }) => within(median(outcomes.flatMap(deploymentSeconds)), min_s!, max_s!, ' s'),
  max_running: ({ outcomes }, { value }) =>
    exactly(
      outcomes.map(({ totals }) => totals.maxTasks),
      value,
    ),
};

function sequence(part: (counts: number[], wanted: readonly number[]) => number[]): Assertion {
  return ({ outcomes }, { value, window_s = [] }) => {
    const wanted = value as readonly number[];
    return exactly(
      outcomes.map((outcome) => part(sequenceWithin(outcome, window_s), wanted).join(' → ')),
      wanted.join(' → '),
    );
  };
}

/** What most runs say. */
function exactly(values: readonly (number | string | undefined)[], wanted: unknown): CaseResult {
  const got = mostOften(values.map((value) => String(value ?? 'nothing')));
  return { expected: String(wanted), got, isMet: got === String(wanted) };
}

function stepSize({ outcomes }: CaseRun, { event = '', value }: CaseExpectation): CaseResult {
  const match = /^scale_(out|in)\[(\d+|\*)\]$/.exec(event)!;
  const isOut = match[1] === 'out';
  const steps = outcomes.map(({ activities }) => {
    const all = activities.map(({ fromCapacity, toCapacity }) => toCapacity - fromCapacity).filter((step) => step > 0 === isOut);
    return match[2] === '*' ? [...new Set(all)].join(', ') : all[Number(match[2])];
  });
  return exactly(steps, value);
}

/** The step of a policy on CPU that sees tasks which use all of theirs. */
function largestStep({ scenario }: CaseRun, { tasks, value }: CaseExpectation): CaseResult {
  const { minCapacity, maxCapacity, targetTracking } = scenario.plan.policy;
  const capacity = { baseCapacity: tasks!, desiredCount: tasks!, min: minCapacity, max: maxCapacity };
  const computed = proportionalCapacity(tasks!, { value: 100, targetValue: targetTracking[0]!.targetValue });
  const decision = decideScaleOut(capacity, computed);
  return exactly(['toCapacity' in decision ? decision.toCapacity : undefined], value);
}

function lowThreshold({ scenario }: CaseRun, { value }: CaseExpectation): CaseResult {
  return exactly([AWS_BEHAVIOR.lowThresholdShare * scenario.plan.policy.targetTracking[0]!.targetValue], value);
}

/** A variant that holds the same load for longer is a scenario of its own. */
function noScaleIn(run: CaseRun, { variant }: CaseExpectation): CaseResult {
  const held = /held for (\d+) s/.exec(variant ?? '')?.[1];
  const outcomes =
    held === undefined
      ? run.outcomes
      : forecastsOf({ ...run.scenario, traffic: loadOfCase(heldFor(run.case.load!, Number(held)), 0).traffic });
  return inAll(outcomes, held === undefined ? 'no scale-in' : `no scale-in in ${held} s`, (outcome) => isNeverLess(desiredCounts(outcome)));
}

function isNeverLess(counts: readonly number[]): boolean {
  return counts.every((count, index) => index === 0 || count >= counts[index - 1]!);
}

function failedShare({ totals }: Outcome): number {
  return totals.requests === 0 ? 0 : totals.failedRequests / totals.requests;
}

/** Requests may fail in the ways that the case saw, and in no other. */
function errorKinds({ outcomes }: CaseRun, { value }: CaseExpectation): CaseResult {
  const allowed = value as readonly string[];
  const kinds = [
    ...new Set(outcomes.flatMap(({ totals }) => Object.entries(totals.failures).flatMap(([kind, count]) => (count > 0 ? [kind] : [])))),
  ];
  const isMet = kinds.length > 0 && kinds.every((kind) => allowed.some((code) => kind.includes(code)));
  return { expected: `only ${allowed.join(' and ')}`, got: kinds.join(' and ') || 'none', isMet };
}

function activityDuration({ outcomes }: CaseRun, { direction, min_s, max_s }: CaseExpectation): CaseResult {
  const seconds = outcomes.flatMap(({ activities }) =>
    activities
      .filter(({ fromCapacity, toCapacity }) => direction === undefined || toCapacity > fromCapacity === (direction === 'out'))
      .flatMap(({ startSeconds, endSeconds }) => (endSeconds === undefined ? [] : [endSeconds - startSeconds])),
  );
  return within(seconds.length === 0 ? undefined : median(seconds), min_s!, max_s!, ' s');
}

function deploymentSeconds({ events }: Outcome): number[] {
  const [started] = events.filter(({ kind }) => kind === 'deployment-started');
  const [completed] = events.filter(({ kind }) => kind === 'deployment-completed');
  return started === undefined || completed === undefined ? [] : [completed.atSeconds - started.atSeconds];
}
