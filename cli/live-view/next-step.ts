import { formatElapsed } from '../../src/parse/durations';
import { isGreaterThanAlarm } from '../../src/plan/alarm-rule';
import type { ScalingPolicy } from '../../src/plan/policy';
import type { NotScaledReason } from '../../src/scaling/activity';
import { type Activity, isScaleOut } from '../../src/scaling/activity';
import { formatValue, isBreaching, type LiveSignal, recentBreaches, type SignalAlarm } from './live-signals';
import type { LiveState } from './live-state';
import { fleetCounts } from './live-state';

/** The time for which a decision that changed nothing is shown, in seconds of the scenario: it repeats every minute. */
const NOT_SCALED_SECONDS = 90;

const NOT_SCALED_TEXTS: Partial<Readonly<Record<NotScaledReason, string>>> = {
  AutoScalingAnticipatedFlapping: 'no scale-in: one task less would put a metric over its target again',
  TargetServicePutResourceAsUnscalable: 'no scale-in: a deployment is in progress',
};

/** What scaling waits for, the next step first, as far as it is known from the minutes so far. */
export function nextStepLines(state: LiveState, signals: readonly LiveSignal[]): string[] {
  const { healthy, desired } = fleetCounts(state);
  if (healthy === 0 && desired > 0) return ['no task is healthy: ECS replaces them, and scaling waits for their metrics'];
  const scaleOut = scaleOutSteps(state, signals);
  return [...scaleOut, ...completionSteps(state), ...(scaleOut.length === 0 ? scaleInSteps(state, signals) : [])];
}

function completionSteps(state: LiveState): string[] {
  const last = state.activities.at(-1);
  if (last?.statusCode !== 'InProgress') return [];
  const { desired, running, starting, stopping } = fleetCounts(state);
  if (isScaleOut(last)) return [`${starting} of ${desired} tasks are starting; the cooldown begins when all run`];
  return stopping + running > desired ? [`${stopping} stopping; the cooldown begins when they have stopped`] : [];
}

/** The signals that scale out next, in one line if several have the same progress. */
function scaleOutSteps(state: LiveState, signals: readonly LiveSignal[]): string[] {
  const breachingAlarms = alarmsWithProgress(state, signals, 'out').filter(({ progress }) => progress.breachingMinutes > 0);
  const minMissingMinutes = Math.min(...breachingAlarms.map(({ progress }) => progress.missingMinutes));
  const [first, ...others] = breachingAlarms.filter(({ progress }) => progress.missingMinutes === minMissingMinutes);
  if (first === undefined) return [];
  const { desired, max } = fleetCounts(state);
  const names = [first, ...others].map(({ signal, alarm }) => `${signal.name} ${formatThreshold(signal, alarm)}`).join(', ');
  const progressText = `${names} for ${first.progress.text}`;
  if (desired >= max) return [`${progressText}, and ${max} tasks are the maximum`];
  if (minMissingMinutes > 0) return [`${progressText}: ${minMissingMinutes} more and the service scales out`];
  return [`${progressText}: scales out once the alarm sees it${formatCooldown(state, 'out', 'cooldown, only larger steps')}`];
}

function scaleInSteps(state: LiveState, signals: readonly LiveSignal[]): string[] {
  const { desired, min } = fleetCounts(state);
  if (desired <= min) return [`at the minimum of ${min}: no scale-in`];
  const blocked = notScaledReason(state);
  if (blocked !== undefined) return [blocked];
  const slowest = alarmsWithProgress(state, signals, 'in').sort(
    (one, other) => other.progress.missingMinutes - one.progress.missingMinutes,
  )[0];
  if (slowest === undefined) return ['no alarm scales in'];
  const { signal, alarm, progress } = slowest;
  const cooldown = formatCooldown(state, 'in', 'cooldown');
  if (progress.missingMinutes === 0) return [`all low for ${progress.text}: scales in once the alarms see it${cooldown}`];
  if (isBreaching(alarm, signal.valueIn(state.latestValues)) && progress.breachingMinutes > 0) {
    return [
      `${signal.name} ${formatThreshold(signal, alarm)} for ${progress.text}: ${progress.missingMinutes} more and the service scales in${cooldown}`,
    ];
  }
  return [`scales in after ${alarm.rule.datapointsToAlarm} minutes of ${signal.name} ${formatThreshold(signal, alarm)}${cooldown}`];
}

function notScaledReason({ notScaled, nowSeconds }: LiveState): string | undefined {
  const last = notScaled.at(-1);
  return last !== undefined && nowSeconds - last.endSeconds < NOT_SCALED_SECONDS ? NOT_SCALED_TEXTS[last.reason] : undefined;
}

interface AlarmWithProgress {
  readonly signal: LiveSignal;
  readonly alarm: SignalAlarm;
  readonly progress: AlarmProgress;
}

/** Each alarm of a direction with its progress; those with another period than a minute are left out. */
function alarmsWithProgress(state: LiveState, signals: readonly LiveSignal[], direction: SignalAlarm['direction']): AlarmWithProgress[] {
  return signals.flatMap((signal) =>
    signal.alarms.flatMap((alarm): AlarmWithProgress[] => {
      const progress = alarm.direction === direction ? progressOf(signal, alarm, state) : undefined;
      return progress === undefined ? [] : [{ signal, alarm, progress }];
    }),
  );
}

interface AlarmProgress {
  readonly breachingMinutes: number;
  /** Consecutive minutes that must still breach. */
  readonly missingMinutes: number;
  readonly text: string;
}

function progressOf(signal: LiveSignal, alarm: SignalAlarm, { timeline }: LiveState): AlarmProgress | undefined {
  const points = recentBreaches(signal, alarm, timeline);
  if (points === undefined) return undefined;
  const { datapointsToAlarm, evaluationPeriods } = alarm.rule;
  const countLast = (periods: number): number => (periods > 0 ? points.slice(-periods).filter(Boolean).length : 0);
  let missingMinutes = 0;
  while (missingMinutes < datapointsToAlarm && countLast(evaluationPeriods - missingMinutes) + missingMinutes < datapointsToAlarm)
    missingMinutes += 1;
  const breachingMinutes = countLast(evaluationPeriods);
  return { breachingMinutes, missingMinutes, text: `${breachingMinutes} of ${evaluationPeriods} minutes` };
}

function formatThreshold({ metric }: LiveSignal, { rule }: SignalAlarm): string {
  return `${isGreaterThanAlarm(rule) ? 'above' : 'below'} ${formatValue(metric, rule.threshold)}`;
}

/** The remaining cooldown of the last activity in a direction, in brackets. */
function formatCooldown({ activities, plan, nowSeconds }: LiveState, direction: 'out' | 'in', meaning: string): string {
  const last = activities.at(-1);
  if (last?.endSeconds === undefined || isScaleOut(last) !== (direction === 'out')) return '';
  const remainingSeconds = last.endSeconds + cooldownSeconds(plan.policy, last) - nowSeconds;
  return remainingSeconds > 0 ? ` (${meaning} for ${formatElapsed(remainingSeconds)})` : '';
}

/** The cooldown of the first policy that follows the metric of an activity. */
function cooldownSeconds({ targetTracking, stepScaling, simpleScaling }: ScalingPolicy, activity: Activity): number {
  const tracked = targetTracking.find(({ metric }) => metric === activity.metric);
  if (tracked !== undefined) return isScaleOut(activity) ? tracked.scaleOutCooldownSeconds : tracked.scaleInCooldownSeconds;
  return [...stepScaling, ...simpleScaling].find(({ metric }) => metric === activity.metric)?.cooldownSeconds ?? 0;
}
