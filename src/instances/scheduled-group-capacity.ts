import { Token } from 'aws-cdk-lib';
import { type AutoScalingGroup, CfnScheduledAction } from 'aws-cdk-lib/aws-autoscaling';
import { Construct } from 'constructs';
import { type ValidationError, validationError } from '../parse/validation-error';
import type { ScheduledCapacity } from '../service/scaling/scaling-props';
import { type ActionBounds, scheduledBoundsOf } from '../service/scaling/scheduled-capacity';
import { type GroupSchedule, groupScheduleOf } from './group-schedule';

const SCOPE_ID = 'Schedules';

/** Adds the scheduled actions of a group. Its desired capacity follows the bounds. */
export function addSchedules(group: AutoScalingGroup, schedules: readonly ScheduledCapacity[]): void {
  if (schedules.length === 0) return;
  const scope = new Construct(group, SCOPE_ID);
  for (const { name, schedule, timeZone, minCapacity, maxCapacity } of schedules) {
    const { recurrence, startTime } = groupScheduleOf(schedule.expressionString) as GroupSchedule;
    new CfnScheduledAction(scope, name, {
      autoScalingGroupName: group.autoScalingGroupName,
      recurrence,
      startTime,
      timeZone: recurrence === undefined ? undefined : timeZone?.timezoneName,
      minSize: minCapacity,
      maxSize: maxCapacity,
    });
  }
}

/** Returns an error for each schedule that an Auto Scaling group cannot have. */
export function groupScheduleErrors(schedules: readonly ScheduledCapacity[]): ValidationError[] {
  return schedules.flatMap(({ name, schedule, timeZone }) => {
    const text = schedule.expressionString;
    if (Token.isUnresolved(text)) return [validationError(`schedule of ${name}`, 'be known at synthesis', 'a token')];
    const translated = groupScheduleOf(text);
    if (translated === undefined) return [validationError(`schedule of ${name}`, RULE, text)];
    const isZoned = translated.startTime !== undefined && timeZone !== undefined && timeZone.timezoneName !== 'Etc/UTC';
    return isZoned
      ? [validationError(`timeZone of schedule ${name}`, 'be left out beside at(), whose time is in UTC', timeZone.timezoneName)]
      : [];
  });
}

const RULE = 'be a cron() of every year with plain days, such as cron(0 6 ? * MON-FRI *), or an at(): a group has no rate()';

/** The scheduled actions of a group, with those that were added to it after its creation, of which it is not known when they are due. */
export function renderedGroupBounds(group: AutoScalingGroup, schedules: readonly ScheduledCapacity[] | undefined): ActionBounds[] {
  const own = group.node.tryFindChild(SCOPE_ID);
  const added = group.node.findAll().filter((node) => CfnScheduledAction.isCfnScheduledAction(node) && node.node.scope !== own);
  const bounds = (added as CfnScheduledAction[]).map(({ node, minSize: min, maxSize: max }) => ({
    name: node.path,
    expression: undefined,
    min,
    max,
  }));
  return [...scheduledBoundsOf(schedules), ...bounds];
}
