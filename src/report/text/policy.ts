import { isRaisedAbove } from '../../plan/alarm-rule';
import { calendarTimeOf, DAYS_OF_WEEK, twoDigits } from '../../plan/calendar';
import { unitOf } from '../../plan/metric';
import type { ScalingPolicy } from '../../plan/policy';
import type { Schedule } from '../../plan/schedule';
import type { ScheduledAction } from '../../plan/scheduled-action';
import type { AlarmScaling, SimpleScaling, Step, StepScaling } from '../../plan/step-scaling';
import { SECONDS_PER_REQUEST_COUNT, type TargetTracking } from '../../plan/target-tracking';

/** Every rule of a policy in words, one to a line. */
export function policyLines(policy: ScalingPolicy): string[] {
  return [
    ...policy.targetTracking.map(trackingLine),
    ...policy.stepScaling.map(stepLine),
    ...policy.simpleScaling.map(simpleLine),
    ...policy.scheduledActions.map(scheduleLine),
    ...(policy.isPredictive ? ['predictive scaling raises the minimum ahead of the load'] : []),
    ...suspendedLines(policy),
  ];
}

function trackingLine(tracking: TargetTracking): string {
  const cooldowns = `cooldown ${tracking.scaleOutCooldownSeconds} s out, ${tracking.scaleInCooldownSeconds} s in`;
  const target = rounded(tracking.targetValue);
  const isPercent = unitOf(tracking.metric) === 'percent';
  const perSecond = Number((tracking.targetValue / SECONDS_PER_REQUEST_COUNT).toPrecision(3));
  const unit = isPercent ? ' %' : ` a minute (${perSecond} a second) per task`;
  return `${tracking.metric} at ${target}${unit}, ${cooldowns}${tracking.disableScaleIn ? ', never in' : ''}`;
}

const COMPARED: Readonly<Record<AlarmScaling['alarm']['comparisonOperator'], string>> = {
  GreaterThanThreshold: 'above',
  GreaterThanOrEqualToThreshold: 'at or above',
  LessThanThreshold: 'below',
  LessThanOrEqualToThreshold: 'at or below',
};

const UNIT_SIGNS = { percent: ' %', seconds: ' s', 'requests per minute': ' a minute' } as const;

function stepLine(policy: StepScaling): string {
  return `${alarmWords(policy)}: ${policy.steps.map((step) => stepWords(policy, step)).join(', ')}, cooldown ${policy.cooldownSeconds} s`;
}

function simpleLine(policy: SimpleScaling): string {
  return `${alarmWords(policy)}: ${adjustmentWords(policy, policy.adjustment)}, cooldown ${policy.cooldownSeconds} s`;
}

function alarmWords({ metric, statistic, alarm, leastRequestsPerMinute }: AlarmScaling): string {
  const { threshold, datapointsToAlarm, evaluationPeriods, periodSeconds } = alarm;
  const value = `${COMPARED[alarm.comparisonOperator]} ${rounded(threshold)}${UNIT_SIGNS[unitOf(metric)]}`;
  const guard = leastRequestsPerMinute === undefined ? '' : ` with at least ${rounded(leastRequestsPerMinute)} requests a minute`;
  return `${statistic} ${metric} ${value} for ${datapointsToAlarm} of ${evaluationPeriods} x ${periodSeconds} s${guard}`;
}

function stepWords(policy: StepScaling, { lowerBound, upperBound, adjustment }: Step): string {
  const isAbove = isRaisedAbove(policy.alarm);
  const bound = isAbove ? lowerBound : upperBound;
  const from = bound === undefined || bound === 0 ? '' : ` from ${rounded(policy.alarm.threshold + bound)} on`;
  return `${adjustmentWords(policy, adjustment)}${from}`;
}

function adjustmentWords({ adjustmentType }: AlarmScaling, adjustment: number): string {
  const signed = adjustment > 0 ? `+${adjustment}` : String(adjustment);
  if (adjustmentType === 'ExactCapacity') return `to ${adjustment} tasks`;
  return adjustmentType === 'PercentChangeInCapacity' ? `${signed} %` : `${signed} tasks`;
}

function scheduleLine({ name, schedule, minCapacity, maxCapacity, desiredCapacity }: ScheduledAction): string {
  const counts = Object.entries({ minimum: minCapacity, maximum: maxCapacity, desired: desiredCapacity });
  const set = counts.filter(([, count]) => count !== undefined).map(([what, count]) => `${what} ${count}`);
  return `${name} ${scheduleWords(schedule)}: ${set.join(', ')}`;
}

function scheduleWords(schedule: Schedule): string {
  switch (schedule.kind) {
    case 'at': {
      const { year, month, day, hour, minute } = calendarTimeOf(schedule.minute);
      return `once at ${year}-${twoDigits(month)}-${twoDigits(day)} ${twoDigits(hour)}:${twoDigits(minute)}`;
    }
    case 'rate':
      return `every ${schedule.everyMinutes} minutes`;
    case 'cron': {
      const { hours, minutes, daysOfWeek, daysOfMonth } = schedule;
      const times =
        hours.length * minutes.length > 4
          ? 'several times'
          : hours.flatMap((hour) => minutes.map((minute) => `${twoDigits(hour)}:${twoDigits(minute)}`)).join(', ');
      const weekdays = daysOfWeek === undefined ? '' : ` on ${daysOfWeek.map((day) => DAYS_OF_WEEK[day]).join(', ')}`;
      return `at ${times}${weekdays}${daysOfMonth === undefined ? '' : ` on day ${daysOfMonth.join(', ')} of a month`}`;
    }
  }
}

function suspendedLines({ suspended }: ScalingPolicy): string[] {
  const parts = { 'scaling out': suspended.scaleOut, 'scaling in': suspended.scaleIn, schedules: suspended.schedules };
  const names = Object.entries(parts).flatMap(([name, isSuspended]) => (isSuspended ? [name] : []));
  return names.length === 0 ? [] : [`suspended: ${names.join(', ')}`];
}

function rounded(value: number): number {
  return Number(value.toPrecision(6));
}
