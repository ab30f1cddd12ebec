import { type IResolveContext, Stack, Token } from 'aws-cdk-lib';
import { CfnScalableTarget } from 'aws-cdk-lib/aws-applicationautoscaling';
import type { ScalableTaskCount } from 'aws-cdk-lib/aws-ecs';
import { formatError, validationError } from '../../parse/validation-error';
import { parseSchedule } from '../../plan/parse-schedule';
import type { ScalingPolicy } from '../../plan/policy';
import { type Bound, type BoundsChange, boundsConflicts } from '../../plan/scheduled-bounds';
import type { ScheduledCapacity } from './scaling-props';

/** A scheduled action with its numbers as they are rendered: they may be tokens. */
export interface ActionBounds {
  readonly name: string;
  readonly expression: unknown;
  readonly timeZone?: unknown;
  readonly min?: unknown;
  readonly max?: unknown;
}

/** The scheduled actions of the props. */
export function scheduledBoundsOf(schedules: readonly ScheduledCapacity[] = []): ActionBounds[] {
  return schedules.map(({ name, schedule, timeZone, minCapacity: min, maxCapacity: max }) => ({
    name,
    expression: schedule.expressionString,
    timeZone: timeZone?.timezoneName,
    min,
    max,
  }));
}

/** The scheduled actions of a scalable target, with those that were added to it after its creation. */
export function renderedBoundsOf(scaling: ScalableTaskCount, context?: IResolveContext): ActionBounds[] {
  const target = scaling.node.findAll().find((node) => CfnScalableTarget.isCfnScalableTarget(node));
  const resolve = (value: unknown): unknown => (context === undefined ? Stack.of(scaling).resolve(value) : context.resolve(value));
  const actions = (resolve(target?.scheduledActions) ?? []) as CfnScalableTarget.ScheduledActionProperty[];
  return actions.map(
    ({ scheduledActionName: name, schedule: expression, timezone: timeZone, scalableTargetAction, startTime, endTime }) => {
      const { minCapacity: min, maxCapacity: max } = (scalableTargetAction ?? {}) as CfnScalableTarget.ScalableTargetActionProperty;
      // with a start or an end it is not known when the action is due.
      return { name, expression: (startTime ?? endTime) === undefined ? expression : undefined, timeZone, min, max };
    },
  );
}

/** Returns an error for each scheduled action whose one bound is beyond the other one that is in force at its time. */
export function scheduledBoundsErrors({ minCapacity, maxCapacity }: ScalingPolicy, actions: readonly ActionBounds[]): string[] {
  const [min, max] = [boundOf(minCapacity), boundOf(maxCapacity)];
  // the bounds of the service have an error of their own.
  if (min !== 'unknown' && max !== 'unknown' && min > max) return [];
  return boundsConflicts({ min, max }, actions.map(changeOf)).map(({ name, bound, value, limit, setBy }) => {
    const [side, other] = bound === 'minCapacity' ? ['at most', 'maxCapacity'] : ['at least', 'minCapacity'];
    const origin = setBy === undefined ? `the ${other} of the service` : `the ${other} that schedule ${setBy} has set`;
    return `${bound} of schedule ${name} must be ${side} ${limit}, ${origin}, got ${value}: set ${other} in schedule ${name} too`;
  });
}

function changeOf({ name, expression, timeZone, min, max }: ActionBounds): BoundsChange {
  return {
    name,
    schedule: typeof expression === 'string' && !Token.isUnresolved(expression) ? parseSchedule(expression) : undefined,
    timeZone: timeZone === undefined || timeZone === 'Etc/UTC' || timeZone === 'UTC' ? undefined : String(timeZone),
    min: min === undefined ? undefined : boundOf(min),
    max: max === undefined ? undefined : boundOf(max),
  };
}

/** A number that is none of a count has an error of its own. */
function boundOf(value: unknown): Bound {
  return Number.isInteger(value) && !Token.isUnresolved(value) ? (value as number) : 'unknown';
}

/**
 * The maximum that tasks can reach: the largest scheduled one; without one, that of the service.
 *
 * Recurring actions replace the maximum of the service when they are due first, and nothing brings it back.
 *
 * @returns none where scaling never has any room, as the minimum is the maximum at all times; several where the largest is not known.
 */
export function reachableMaximums(policy: ScalingPolicy, actions: readonly ActionBounds[]): unknown[] {
  const maximums = actions.map(({ max }) => max).filter((max) => max !== undefined);
  const isReplaced = actions.some((action) => action.max !== undefined && isRecurring(action));
  const all = [...new Set(isReplaced ? maximums : [policy.maxCapacity, ...maximums])];
  if (!hasRoom(policy, actions)) return [];
  return all.every((max) => boundOf(max) !== 'unknown') ? [Math.max(...(all as number[]))] : all;
}

/** Returns an error where the alarm on the maximum capacity has no threshold, as the largest of several maximums is not known. */
export function reachableMaximumErrors(policy: ScalingPolicy, actions: readonly ActionBounds[]): string[] {
  const maximums = reachableMaximums(policy, actions);
  const unknown = maximums.length > 1 ? maximums.find((max) => Token.isUnresolved(max)) : undefined;
  if (unknown === undefined) return [];
  const action = actions.find(({ max }) => max === unknown);
  const name = action === undefined ? 'maxCapacity' : `maxCapacity of schedule ${action.name}`;
  const rule = 'be known at synthesis, so that the alarm on the maximum capacity has the largest, or alarms be false';
  // a schedule has no defaults.
  return [formatError(validationError(name, rule, 'a token'))];
}

function isRecurring({ expression }: ActionBounds): boolean {
  return !(typeof expression === 'string' && expression.startsWith('at('));
}

/** Whether the minimum is below the maximum at some time. */
function hasRoom({ minCapacity, maxCapacity }: ScalingPolicy, actions: readonly ActionBounds[]): boolean {
  const setsBoth = actions.filter(({ min, max }) => min !== undefined && max !== undefined);
  const setsOne = actions.filter((action) => !setsBoth.includes(action));
  const base = setsBoth.some(isRecurring) ? [] : [[minCapacity, maxCapacity]];
  const pairs = [...base, ...setsBoth.map(({ min, max }) => [min, max])];
  return pairs.some(([min, max]) => min !== max) || setsOne.some(({ min, max }) => pairs.some(([pinned]) => pinned !== (min ?? max)));
}
