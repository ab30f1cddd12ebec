import { isCpuUtilization } from '../metrics/metric';
import { formatElapsed } from '../parse/durations';
import { isGreaterThanAlarm } from '../plan/alarm-rule';
import { baselineVcpu, type CpuCredits } from '../plan/cpu-credits';
import { vcpuOf } from '../plan/task-size';
import type { Outcome, TimelineRow } from '../run/outcome';
import type { Scenario } from '../run/scenario';
import { formatRounded, type Remark } from './remark';

/** The rows at the end from which it is computed how long the credits last. */
const TREND_ROWS = 10;

/** Burstable instances ran out of CPU credits, or will under the load of the end. */
export const creditsRunOut: Remark = (scenario, { timeline, events }) => {
  const { type, credits } = scenario.plan.instances ?? {};
  if (type === undefined || credits?.mode !== 'standard') return undefined;
  const withCredits = timeline.filter((row) => row.cpuCreditBalance !== undefined);
  const ranOut = events.find(({ kind }) => kind === 'cpu-credits-low');
  const what = `${formatRounded(baselinePercent(scenario, credits))} % of its vCPUs, its baseline`;
  const instead = 'Use unlimited mode, which is billed, or an instance type that is not burstable';
  if (ranOut !== undefined) {
    return `the CPU credits of the ${type} instances run out at ${formatElapsed(ranOut.atSeconds)}: without credits an instance has ${what}. ${instead}`;
  }
  const secondsLeft = secondsUntilEmpty(withCredits.slice(-TREND_ROWS));
  if (secondsLeft === undefined) return undefined;
  return (
    `the ${type} instances spend more CPU credits than they earn: under the load of the end, those that they have left are used up ${formatElapsed(secondsLeft)} later, ` +
    `and then an instance has ${what}. ${instead}`
  );
};

/** Undefined if the credits did not become fewer. A new instance brings credits, so the instances must be the same. */
function secondsUntilEmpty(rows: readonly TimelineRow[]): number | undefined {
  const [first, last] = [rows[0], rows.at(-1)];
  if (first === undefined || last === undefined || first === last || first.runningCount !== last.runningCount) return undefined;
  const lost = first.cpuCreditBalance! - last.cpuCreditBalance!;
  return lost > 0 ? Math.round((last.cpuCreditBalance! / lost) * (last.atSeconds - first.atSeconds)) : undefined;
}

/** The instances at their baseline serve less than what was sent in the busiest minute. */
export const instancesTooSmall: Remark = (scenario, { timeline }) => {
  const { plan, workload } = scenario;
  const { type, credits } = plan.instances ?? {};
  if (type === undefined || credits?.mode !== 'standard') return undefined;
  const { maxCapacity } = plan.policy;
  const perSecond = (vcpu: number): number => (maxCapacity * Math.max(0, vcpu - workload.idleVcpu)) / workload.cpuSecondsPerRequest;
  const sent = Math.max(...timeline.map((row) => row.sentRequestsPerSecond));
  const atBaseline = perSecond(baselineVcpu(credits));
  if (sent <= atBaseline) return undefined;
  const full = perSecond(vcpuOf(plan.task));
  const needed = Math.ceil((sent * workload.cpuSecondsPerRequest) / Math.max(1e-9, baselineVcpu(credits) - workload.idleVcpu));
  return (
    `${maxCapacity} ${type} are too small: ${formatRounded(sent)} requests per second were sent in the busiest minute. They serve ${formatRounded(atBaseline)} with the CPU credits that they earn, ` +
    `and ${formatRounded(full)} while they have others to spend` +
    (workload.idleVcpu < baselineVcpu(credits) ? `; ${needed} instances of this type would be enough without spending any` : '')
  );
};

/** An instance without credits looks as idle as its baseline, whatever is sent to it. */
export const baselineHidesTheLoad: Remark = (scenario) => {
  const { plan } = scenario;
  const { type, credits } = plan.instances ?? {};
  if (type === undefined || credits?.mode !== 'standard') return undefined;
  const baseline = baselinePercent(scenario, credits);
  const { simpleScaling, stepScaling, targetTracking } = plan.policy;
  const cpuAlarms = [...simpleScaling, ...stepScaling].filter(({ metric }) => isCpuUtilization(metric));
  const scaleIn = cpuAlarms.find(({ alarm }) => !isGreaterThanAlarm(alarm) && alarm.threshold >= baseline);
  const scaleOut = cpuAlarms.find(({ alarm }) => isGreaterThanAlarm(alarm) && alarm.threshold >= baseline);
  const target = targetTracking.find(({ metric, targetValue }) => isCpuUtilization(metric) && targetValue >= baseline);
  if (scaleIn === undefined && scaleOut === undefined && target === undefined) return undefined;
  const effect =
    scaleIn === undefined
      ? `so ${scaleOut?.alarmName ?? target!.name} no longer adds instances`
      : `and ${scaleIn.alarmName} removes instances at ${scaleIn.alarm.threshold} %`;
  return `a ${type} without CPU credits shows at most ${formatRounded(baseline)} % CPU, however much is sent to it: it looks idle, ${effect}. Scale on requests per target`;
};

/** Alarms are evaluated more often than the instances report their CPU. */
export const basicMonitoring: Remark = ({ plan }) => {
  const { policy, instances } = plan;
  if (instances === undefined || policy.cpuReportSeconds === 60) return undefined;
  const isOnCpu = [...policy.simpleScaling, ...policy.stepScaling, ...policy.targetTracking].some(({ metric }) => isCpuUtilization(metric));
  if (!isOnCpu) return undefined;
  return `the instances report their CPU every ${policy.cpuReportSeconds / 60} minutes only (basic monitoring), so that scaling comes minutes later: enable detailed monitoring in the launch template`;
};

/** Surplus credits were spent, which AWS charges for. */
export const surplusCreditsCharged: Remark = ({ plan }, { totals }: Outcome) => {
  const { type } = plan.instances ?? {};
  const { surplusCpuCredits = 0 } = totals;
  if (type === undefined || surplusCpuCredits < 1) return undefined;
  return `the ${type} instances spent ${formatRounded(surplusCpuCredits)} surplus CPU credits, which are billed at the rate of ${formatRounded(surplusCpuCredits / 60)} vCPU-hours: an instance type that is not burstable may cost less`;
};

function baselinePercent({ plan }: Scenario, credits: CpuCredits): number {
  return Math.min(100, (100 * baselineVcpu(credits)) / vcpuOf(plan.task));
}
