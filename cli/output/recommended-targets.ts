import { type LimitEnd, limitEndOf } from '../../rehearsal/measure/limit-end';
import type { MeasuredWorkload } from '../../rehearsal/measure/measure-workload';
import { isCpuUtilization } from '../../src/metrics/metric';
import type { Plan } from '../../src/plan/service-plan';
import { vcpuOf } from '../../src/plan/task-size';
import { formatNumber } from '../../src/report/number-format';
import { ASSUMED_CPU_TARGET_PERCENT, requestsPerSecondAtCpuTarget } from '../../src/workload/cpu-demand';
import type { Workload } from '../../src/workload/workload-parameters';

/** A CPU target, and the request target that a task reaches at the same load. */
export interface RecommendedTargets {
  readonly targetCpuUtilizationPercent: number;
  readonly requestsPerSecondPerTask: number;
}

/**
 * The targets that a task of this workload reaches at the same load. A string that says why there are none, if the task uses more CPU than
 * its target while idle, or if it was not seen to reach the request target.
 */
export function recommendedTargets(
  plan: Plan,
  workload: Workload,
  { limit }: Pick<MeasuredWorkload, 'limit'>,
): RecommendedTargets | string {
  const cpu = plan.policy.targetTracking.find(({ metric }) => isCpuUtilization(metric));
  const targetCpuUtilizationPercent = cpu?.targetValue ?? ASSUMED_CPU_TARGET_PERCENT;
  const rateByFit = requestsPerSecondAtCpuTarget(plan, workload);
  if (rateByFit <= 0) return 'none: the idle task already uses more CPU than the target';
  const measuredMaximum = limit.measurement.requestsPerSecond;
  const end = limitEndOf(limit, vcpuOf(plan.task));
  if (end !== 'task-cpu' && rateByFit > measuredMaximum)
    return `none: the CPU of a task would allow ${formatNumber(roundDownToTwoDigits(rateByFit))} requests per second, but it was seen to serve at most ${formatNumber(measuredMaximum)}. ${ADVICE[end]}`;
  // the fit may miss the limit: no target is above the share of it that the CPU target leaves.
  const rate = rateByFit > measuredMaximum ? (measuredMaximum * targetCpuUtilizationPercent) / 100 : rateByFit;
  return { targetCpuUtilizationPercent, requestsPerSecondPerTask: roundDownToTwoDigits(rate) };
}

const SCALE_OTHERWISE =
  'Something other than CPU limits it: scale it on response time, or on the request rate at which response times are still acceptable';

const LARGER_MACHINE =
  'This machine makes no more: measure a smaller task with --set cpu=256, a heavier --path, or on a machine with more cores';

const ADVICE: Readonly<Record<Exclude<LimitEnd, 'task-cpu'>, string>> = {
  machine: LARGER_MACHINE,
  'load-generator': LARGER_MACHINE,
  'load-balancer': LARGER_MACHINE,
  failures: 'More users get errors: find out why with the command check',
  users: 'More users were not tried: measure for longer with --seconds 10',
  waiting: SCALE_OTHERWISE,
};

/** The targets as props to paste. */
export function targetLines(targets: RecommendedTargets): string[] {
  return [
    `targetCpuUtilizationPercent: ${targets.targetCpuUtilizationPercent},`,
    `requestsPerSecondPerTask: ${targets.requestsPerSecondPerTask},`,
  ];
}

/** Rounds down to two digits, the precision of a short measurement. */
function roundDownToTwoDigits(value: number): number {
  const step = 10 ** (Math.floor(Math.log10(value)) - 1);
  return value > 0 ? Number((Math.floor(value / step) * step).toPrecision(2)) : 0;
}
