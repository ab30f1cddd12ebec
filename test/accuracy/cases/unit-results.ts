import type { AlarmRule } from '../../../src/plan/alarm-rule';
import { type Deployment, maxRunningTasks, minHealthyTasks } from '../../../src/plan/deployment-settings';
import { capacityAfterAdjustment, capacityAfterStep, roundedChange } from '../../../src/scaling/alarm-driven-policy';
import { evaluateAlarm } from '../../../src/scaling/alarm-evaluation';
import { AWS_BEHAVIOR, lowThresholdShareOf } from '../../../src/scaling/aws-behavior';
import { decideScaleIn, decideScaleOut, lowThreshold, proportionalCapacity } from '../../../src/scaling/decision';
import type { CaseResult } from './case-result';
import type { ScalingCase, UnitTest } from './scaling-case';
import { secondStep } from './second-step';
import { stepPolicy } from './step-policy';

type Named = CaseResult & { readonly what: string };

/** The documented arithmetic of a case: each entry is held against the function that does it. */
export function unitResults({ tests = [], tests_3of3 = [], tests_2of3 = [] }: ScalingCase): Named[] {
  return [
    ...tests.flatMap((_, index) => ofTest(tests.slice(0, index + 1))),
    ...tests_3of3.flatMap((row) => missingData(row, 3)),
    ...tests_2of3.flatMap((row) => missingData(row, 2)),
  ];
}

/** The last of some tests. A later test of steps goes on with those of the tests before it. */
function ofTest(soFar: readonly UnitTest[]): Named[] {
  const test = soFar.at(-1)!;
  const [, verdicts] = KINDS.find(([key]) => key in test) ?? [];
  if (verdicts === undefined) throw new Error(`a unit test must be of a kind that is known, got ${JSON.stringify(test)}`);
  return verdicts(test, Object.assign({}, ...soFar) as UnitTest);
}

type Verdicts = (test: UnitTest, inherited: UnitTest) => Named[];

/** Each kind of test, known by a key that no kind before it has. */
const KINDS: readonly (readonly [key: keyof UnitTest, Verdicts])[] = [
  ['rounding', ({ rounding }) => rounding!.map(([change, wanted]) => same(`rounds a change of ${change}`, roundedChange(change), wanted))],
  ['during_cooldown', twoSteps],
  ['percent', percentage],
  ['metric', (test, inherited) => [same(`${test.capacity} tasks at ${test.metric}`, stepped({ ...inherited, ...test }), test.expect)]],
  [
    'can_stop_first',
    ({ desired, min, can_stop_first }) => [same(`of ${desired} at ${min} % may stop`, desired! - fewest(desired!, min!), can_stop_first)],
  ],
  ['min_running', ({ desired, min, min_running }) => [same(`of ${desired} at ${min} % stay`, fewest(desired!, min!), min_running)]],
  ['can_start_first', mayStart],
  [
    'low',
    ({ platform, target, low }) => [same(`low threshold of ${target} (${platform})`, lowThreshold(target!, lowShare(platform!)), low)],
  ],
  ['actual', ({ actual, min, event }) => [same(`from ${actual} tasks: ${event}`, decided('AlarmHigh', actual!, { min }), 1)]],
  [
    'event',
    ({ event, desired, ...test }) => [
      same(`${event} at ${desired} tasks`, decided(event!, desired!, test), test.expect ?? test.expect_first),
    ],
  ],
];

function twoSteps({ base, first, during_cooldown, expect }: UnitTest): Named[] {
  const got = secondStep(base!, Number(first), Number(during_cooldown));
  return [same(`${base} tasks, ${first}, then ${during_cooldown} in the cooldown`, got.join(' → '), (expect as number[]).join(' → '))];
}

function percentage({ capacity, percent, min_adjustment_magnitude: min, expect }: UnitTest): Named[] {
  const rule = { adjustmentType: 'PercentChangeInCapacity', minAdjustmentMagnitude: min } as const;
  return [same(`${capacity} tasks, ${percent} % and at least ${min}`, capacityAfterAdjustment(capacity!, rule, percent!), expect)];
}

function stepped(test: UnitTest): number {
  return capacityAfterStep(test.capacity!, stepPolicy(test), test.metric!);
}

function mayStart({ desired, max, can_start_first }: UnitTest): Named[] {
  const may = maxRunningTasks(desired!, { ...DEPLOYMENT, maxHealthyPercent: max! }) - desired!;
  return [same(`beside ${desired} at ${max} % may start`, may, can_start_first)];
}

const DEPLOYMENT: Deployment = {
  minHealthyPercent: 100,
  maxHealthyPercent: 200,
  hasCircuitBreaker: true,
  healthCheckGracePeriodSeconds: 0,
};

function fewest(desired: number, minHealthyPercent: number): number {
  return minHealthyTasks(desired, { ...DEPLOYMENT, minHealthyPercent });
}

function lowShare(platform: string): number {
  return lowThresholdShareOf(AWS_BEHAVIOR, platform === 'ecs' ? 'ecs' : 'ec2');
}

/** The count after one alarm, with a metric that is twice its target, or nothing. */
function decided(event: string, desired: number, { min = 1, max = 100 }: Pick<UnitTest, 'min' | 'max'>): number {
  const capacity = { baseCapacity: Math.max(1, desired), desiredCount: desired, min, max };
  const decision =
    event === 'AlarmHigh'
      ? decideScaleOut(capacity, proportionalCapacity(capacity.baseCapacity, { value: 120, targetValue: 60 }))
      : decideScaleIn(capacity, [{ value: 0, targetValue: 60 }], AWS_BEHAVIOR.scaleInStep);
  return 'toCapacity' in decision ? decision.toCapacity : desired;
}

/** A datapoint that breaches, one that does not, and one that is missing. */
const DATAPOINTS: Readonly<Record<string, number | undefined>> = { X: 1, 0: 0, '-': undefined };

const TREATMENTS = ['missing', 'ignore', 'breaching', 'notBreaching'] as const;

/** A row of CloudWatch's tables: the datapoints, and the state for each treatment of those that are missing. */
function missingData([points, ...states]: readonly string[], datapointsToAlarm: number): Named[] {
  const range = points!.split(' ').map((point) => DATAPOINTS[point]);
  const shared = { comparisonOperator: 'GreaterThanThreshold', threshold: 0.5, evaluationPeriods: 3, datapointsToAlarm } as const;
  return TREATMENTS.map((treatMissingData, index) =>
    same(`${points} ${datapointsToAlarm} of 3, ${treatMissingData}`, stateOf({ ...shared, treatMissingData }, range), states[index]!),
  );
}

/** An alarm that stays what it was, whatever that was, retains its state. */
function stateOf(rule: AlarmRule, range: readonly (number | undefined)[]): string {
  const before = ['OK', 'ALARM', 'INSUFFICIENT_DATA'] as const;
  const after = before.map((state) => evaluateAlarm(rule, range, state));
  return after.every((state, index) => state === before[index]) ? 'RETAIN' : [...new Set(after)].join(' or ');
}

function same(what: string, got: number | string, wanted: unknown): Named {
  return { what, expected: String(wanted), got: String(got), isMet: String(got) === String(wanted) };
}
