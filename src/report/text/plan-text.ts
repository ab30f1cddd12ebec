import { isRequestCount, unitOf } from '../../metrics/metric';
import { UNITS } from '../../metrics/signals';
import { isGreaterThanAlarm } from '../../plan/alarm-rule';
import type { ScalingPolicy } from '../../plan/policy';
import type { Plan } from '../../plan/service-plan';
import type { AlarmScaling, SimpleScaling, Step, StepScaling } from '../../plan/step-scaling';
import { REQUEST_COUNT_PERIOD_SECONDS, type TargetTracking } from '../../plan/target-tracking';
import { vcpuOf } from '../../plan/task-size';
import type { Scenario } from '../../run/scenario';
import { workloadDefaultLines } from '../../workload/workload-fields';
import type { Workload } from '../../workload/workload-parameters';
import { deploymentLines } from './deployment-text';
import { scheduleLine } from './schedule-text';

/** The plan as text. */
export function planLines(plan: Plan): string[] {
  const { policy, task, healthCheck } = plan;
  return [
    `service   ${plan.service}: ${policy.minCapacity} to ${policy.maxCapacity} tasks of ${vcpuOf(task)} vCPU and ${task.memoryMiB} MiB`,
    ...policyLines(policy).map((line) => `policy    ${line}`),
    `health    GET ${healthCheck.path} every ${healthCheck.intervalSeconds} s, healthy after ${healthCheck.healthyThresholdCount}, ` +
      `unhealthy after ${healthCheck.unhealthyThresholdCount}; draining ${plan.deregistrationDelaySeconds} s`,
    ...deploymentLines(plan.deployment).map((line) => `deploy    ${line}`),
  ];
}

/** The workload of a scenario, and which of its numbers were not given. */
export function workloadLines({ workload, workloadDefaults }: Pick<Scenario, 'workload' | 'workloadDefaults'>): string[] {
  return [`workload  ${formatWorkload(workload)}`, ...workloadDefaultLines(workload, workloadDefaults).map((line) => `          ${line}`)];
}

/** The cost of a request and the idle usage of a task, as text. */
export function formatWorkload(workload: Workload): string {
  return (
    `${(workload.cpuSecondsPerRequest * 1000).toPrecision(3)} ms CPU per request, ${wakeUpText(workload)}${workload.idleVcpu.toFixed(4)} vCPU idle, ` +
    `${(workload.baseLatencySeconds * 1000).toFixed(1)} ms base latency, ${workload.startUpSeconds.toFixed(1)} s to start, ${workload.stopSeconds.toFixed(1)} s to stop`
  );
}

function wakeUpText({ cpuSecondsPerWakeUp }: Workload): string {
  return cpuSecondsPerWakeUp === 0 ? '' : `${(cpuSecondsPerWakeUp * 1000).toPrecision(3)} ms per wake-up, `;
}

/** The policies, schedules and suspensions of a scaling policy, one per line. */
export function policyLines(policy: ScalingPolicy): string[] {
  return [
    ...policy.targetTracking.map(trackingLine),
    ...policy.stepScaling.map(stepLine),
    ...policy.simpleScaling.map(simpleLine),
    ...policy.scheduledActions.map(scheduleLine),
    ...(policy.isPredictive ? ['predictive scaling raises the minimum capacity ahead of the load'] : []),
    ...suspendedLines(policy),
  ];
}

function trackingLine(tracking: TargetTracking): string {
  const cooldowns = `cooldown ${tracking.scaleOutCooldownSeconds} s out, ${tracking.scaleInCooldownSeconds} s in`;
  const target = rounded(tracking.targetValue);
  const perSecond = Number((tracking.targetValue / REQUEST_COUNT_PERIOD_SECONDS).toPrecision(3));
  const rate = isRequestCount(tracking.metric) ? ` (${perSecond} a second) per task` : '';
  const unit = `${UNITS[unitOf(tracking.metric)].suffix}${rate}`;
  return `${tracking.metric} at ${target}${unit}, ${cooldowns}${tracking.disableScaleIn ? ', scale-in disabled' : ''}`;
}

const COMPARISON_TEXT: Readonly<Record<AlarmScaling['alarm']['comparisonOperator'], string>> = {
  GreaterThanThreshold: 'above',
  GreaterThanOrEqualToThreshold: 'at or above',
  LessThanThreshold: 'below',
  LessThanOrEqualToThreshold: 'at or below',
};

function stepLine(policy: StepScaling): string {
  return `${formatAlarm(policy)}: ${policy.steps.map((step) => formatStep(policy, step)).join(', ')}, cooldown ${policy.cooldownSeconds} s`;
}

function simpleLine(policy: SimpleScaling): string {
  return `${formatAlarm(policy)}: ${formatAdjustment(policy, policy.adjustment)}, cooldown ${policy.cooldownSeconds} s`;
}

function formatAlarm({ metric, statistic, alarm, minRequestsPerMinute }: AlarmScaling): string {
  const { threshold, datapointsToAlarm, evaluationPeriods, periodSeconds } = alarm;
  const value = `${COMPARISON_TEXT[alarm.comparisonOperator]} ${rounded(threshold)}${UNITS[unitOf(metric)].suffix}`;
  const guard = minRequestsPerMinute === undefined ? '' : ` with at least ${rounded(minRequestsPerMinute)} requests a minute`;
  return `${statistic} ${metric} ${value} for ${datapointsToAlarm} of ${evaluationPeriods} x ${periodSeconds} s${guard}`;
}

function formatStep(policy: StepScaling, { lowerBound, upperBound, adjustment }: Step): string {
  const isAbove = isGreaterThanAlarm(policy.alarm);
  const bound = isAbove ? lowerBound : upperBound;
  const from = bound === undefined || bound === 0 ? '' : ` from ${rounded(policy.alarm.threshold + bound)} on`;
  return `${formatAdjustment(policy, adjustment)}${from}`;
}

function formatAdjustment({ adjustmentType }: AlarmScaling, adjustment: number): string {
  const signed = adjustment > 0 ? `+${adjustment}` : String(adjustment);
  if (adjustmentType === 'ExactCapacity') return `to ${adjustment} tasks`;
  return adjustmentType === 'PercentChangeInCapacity' ? `${signed} %` : `${signed} tasks`;
}

function suspendedLines({ suspended }: ScalingPolicy): string[] {
  const parts = { 'scale-out': suspended.scaleOut, 'scale-in': suspended.scaleIn, schedules: suspended.schedules };
  const names = Object.entries(parts).flatMap(([name, isSuspended]) => (isSuspended ? [name] : []));
  return names.length === 0 ? [] : [`suspended: ${names.join(', ')}`];
}

function rounded(value: number): number {
  return Number(value.toPrecision(6));
}
