import { isRaisedAbove } from '../../src/plan/alarm-rule';
import type { ScalingPolicy } from '../../src/plan/policy';
import type { NotScaledReason } from '../../src/scaling/activity';
import { type Activity, isScaleOut } from '../../src/scaling/activity';
import { clockTime } from '../../src/scenario/duration';
import { fleetCounts } from './fleet-counts';
import type { LiveState } from './live-state';
import { datapointsOf, isBreaching, type Signal, valueInWords, type Watch } from './signals';

/** A decision that changed nothing is news for so long, in seconds of the scenario: it is made again every minute. */
const NEWS_SECONDS = 90;

const HELD_BACK: Partial<Readonly<Record<NotScaledReason, string>>> = {
  AutoScalingAnticipatedFlapping: 'holds back: one task less would put a signal over its target again',
  TargetServicePutResourceAsUnscalable: 'holds back: nothing is scaled in during a deployment',
};

/** What the next evaluations of the alarms wait for, the nearest first, as far as the minutes so far tell. */
export function outlookOf(state: LiveState, signals: readonly Signal[]): string[] {
  const { healthy, wanted } = fleetCounts(state);
  if (healthy === 0 && wanted > 0) return ['no task is healthy: ECS replaces them, and scaling waits for their metrics'];
  const out = outwards(state, signals);
  return [...out, ...completion(state), ...(out.length === 0 ? inwards(state, signals) : [])];
}

function completion(state: LiveState): string[] {
  const last = state.activities.at(-1);
  if (last?.statusCode !== 'InProgress') return [];
  const { wanted, running, coming, going } = fleetCounts(state);
  if (isScaleOut(last)) return [`${coming} of ${wanted} tasks on their way; the cooldown begins when all run`];
  return going + running > wanted ? [`${going} on the way out; the cooldown begins when they have stopped`] : [];
}

/** Signals that are as far as each other share a sentence. */
function outwards(state: LiveState, signals: readonly Signal[]): string[] {
  const rising = waitsOf(state, signals, 'out').filter(({ progress }) => progress.breaching > 0);
  const least = Math.min(...rising.map(({ progress }) => progress.missing));
  const [first, ...others] = rising.filter(({ progress }) => progress.missing === least);
  if (first === undefined) return [];
  const { wanted, max } = fleetCounts(state);
  const names = [first, ...others].map(({ signal, watch }) => `${signal.name} ${beyond(signal, watch)}`).join(', ');
  const since = `${names} for ${first.progress.inWords}`;
  if (wanted >= max) return [`${since}, and ${max} tasks are all there may be`];
  if (least > 0) return [`${since}: ${least} more and it scales out`];
  return [`${since}: scales out once the alarm sees it${pauseInWords(state, 'out', 'only larger steps count')}`];
}

function inwards(state: LiveState, signals: readonly Signal[]): string[] {
  const { wanted, min } = fleetCounts(state);
  if (wanted <= min) return [`at the minimum of ${min}: nothing to take away`];
  const held = heldBack(state);
  if (held !== undefined) return [held];
  const slowest = waitsOf(state, signals, 'in').sort((one, other) => other.progress.missing - one.progress.missing)[0];
  if (slowest === undefined) return ['no alarm takes tasks away'];
  const { signal, watch, progress } = slowest;
  const pause = pauseInWords(state, 'in', 'cooldown');
  if (progress.missing === 0) return [`all low for ${progress.inWords}: a task goes once the alarms see it${pause}`];
  if (isBreaching(watch, signal.value(state.now)) && progress.breaching > 0) {
    return [`${signal.name} ${beyond(signal, watch)} for ${progress.inWords}: ${progress.missing} more and a task goes${pause}`];
  }
  return [`a task goes after ${watch.rule.datapointsToAlarm} minutes of ${signal.name} ${beyond(signal, watch)}${pause}`];
}

function heldBack({ notScaled, nowSeconds }: LiveState): string | undefined {
  const last = notScaled.at(-1);
  return last !== undefined && nowSeconds - last.endSeconds < NEWS_SECONDS ? HELD_BACK[last.reason] : undefined;
}

interface Wait {
  readonly signal: Signal;
  readonly watch: Watch;
  readonly progress: Progress;
}

/** How far each alarm of a direction is; those that look at something else than minutes are left out. */
function waitsOf(state: LiveState, signals: readonly Signal[], direction: Watch['direction']): Wait[] {
  return signals.flatMap((signal) =>
    signal.watches.flatMap((watch): Wait[] => {
      const progress = watch.direction === direction ? progressOf(signal, watch, state) : undefined;
      return progress === undefined ? [] : [{ signal, watch, progress }];
    }),
  );
}

interface Progress {
  readonly breaching: number;
  /** Minutes that must still breach in a row. */
  readonly missing: number;
  readonly inWords: string;
}

function progressOf(signal: Signal, watch: Watch, { timeline }: LiveState): Progress | undefined {
  const points = datapointsOf(signal, watch, timeline);
  if (points === undefined) return undefined;
  const { datapointsToAlarm, evaluationPeriods } = watch.rule;
  const countLast = (periods: number): number => (periods > 0 ? points.slice(-periods).filter(Boolean).length : 0);
  let missing = 0;
  while (missing < datapointsToAlarm && countLast(evaluationPeriods - missing) + missing < datapointsToAlarm) missing += 1;
  const breaching = countLast(evaluationPeriods);
  return { breaching, missing, inWords: `${breaching} of ${evaluationPeriods} minutes` };
}

function beyond({ metric }: Signal, { rule }: Watch): string {
  return `${isRaisedAbove(rule) ? 'above' : 'below'} ${valueInWords(metric, rule.threshold)}`;
}

/** What is left of the cooldown after the last step in a direction, in brackets. */
function pauseInWords({ activities, plan, nowSeconds }: LiveState, direction: 'out' | 'in', meaning: string): string {
  const last = activities.at(-1);
  if (last?.endSeconds === undefined || isScaleOut(last) !== (direction === 'out')) return '';
  const leftSeconds = last.endSeconds + cooldownSeconds(plan.policy, last) - nowSeconds;
  return leftSeconds > 0 ? ` (${meaning} for ${clockTime(leftSeconds)})` : '';
}

/** An activity names its metric; the first policy that follows it has the cooldown. */
function cooldownSeconds({ targetTracking, stepScaling, simpleScaling }: ScalingPolicy, activity: Activity): number {
  const tracked = targetTracking.find(({ metric }) => metric === activity.metric);
  if (tracked !== undefined) return isScaleOut(activity) ? tracked.scaleOutCooldownSeconds : tracked.scaleInCooldownSeconds;
  return [...stepScaling, ...simpleScaling].find(({ metric }) => metric === activity.metric)?.cooldownSeconds ?? 0;
}
