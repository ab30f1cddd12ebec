import { Token } from 'aws-cdk-lib';
import { SECONDS_PER_REQUEST_COUNT } from '../plan/target-tracking';
import { vcpuOf } from '../plan/task-size';
import type { ScalableStatelessServiceProps } from '../scalable-stateless-service-props';
import type { ServicePlan } from './plan-of-props';
import { HighResolutionMetrics } from './scaling/high-resolution-metrics';
import type { WarningId } from './warnings';

/** What works and is hardly what was meant. */
export interface Doubt {
  readonly id: WarningId;
  readonly sentence: string;
}

/** Everything about the props that works and is hardly what was meant. Nothing is said about a number that only the deployment knows. */
export function doubtsAbout(plan: ServicePlan, zoneCount: number, props: ScalableStatelessServiceProps): Doubt[] {
  return [...requestTargetDoubts(plan), ...redundancyDoubts(plan, zoneCount, props), ...highResolutionDoubts(props)];
}

/** A request costs a tenth of a millisecond of CPU at least: what comes in through the network has to be read and answered. */
const MOST_REQUESTS_PER_VCPU_SECOND = 10_000;

/** Below one request per second of all tasks together, any visitor is the greatest load there is. */
const LEAST_REQUESTS_PER_SECOND = 1;

function requestTargetDoubts({ policy, task }: ServicePlan): Doubt[] {
  const requests = policy.targetTracking.find(({ metric }) => metric === 'ALBRequestCountPerTarget');
  if (requests === undefined || [requests.targetValue, task.cpu, policy.maxCapacity].some(Token.isUnresolved)) return [];
  const perSecond = requests.targetValue / SECONDS_PER_REQUEST_COUNT;
  const most = vcpuOf(task) * MOST_REQUESTS_PER_VCPU_SECOND;
  const together = perSecond * policy.maxCapacity;
  if (perSecond > most) {
    return [
      {
        id: 'requestTarget',
        sentence: `requestsPerSecondPerTask is per second, and ${vcpuOf(task)} vCPU serve at most ${most} requests per second: got ${perSecond}, which no task will reach, so that scaling follows the other signals alone. Was it meant per minute?`,
      },
    ];
  }
  if (together >= LEAST_REQUESTS_PER_SECOND) return [];
  return [
    {
      id: 'requestTarget',
      sentence: `requestsPerSecondPerTask is per second for each task, and ${policy.maxCapacity} tasks are aimed at ${together} requests per second together: got ${perSecond}, with which any visitor asks for all tasks there may be`,
    },
  ];
}

/** The default is a choice of this package's; what the caller has chosen is calculated for them. */
function redundancyDoubts({ policy }: ServicePlan, zoneCount: number, props: ScalableStatelessServiceProps): Doubt[] {
  if (props.minCapacity === undefined && props.targetCpuUtilizationPercent === undefined) return [];
  const cpu = policy.targetTracking.find(({ name }) => name === 'Cpu')?.targetValue ?? 100;
  const tasks = policy.minCapacity;
  if (Token.isUnresolved(cpu) || Token.isUnresolved(tasks)) return [];
  return [
    ...lossDoubts(tasks, 1, cpu, 'task'),
    ...(zoneCount > 1 ? lossDoubts(tasks, Math.ceil(tasks / zoneCount), cpu, 'zone') : []),
  ].slice(0, 1);
}

/** What a service is left with that runs at its target with as few tasks as it may have, and loses some. */
function lossDoubts(tasks: number, lost: number, cpu: number, what: 'task' | 'zone'): Doubt[] {
  const left = tasks - lost;
  if (left === 0)
    return [
      {
        id: 'redundancy',
        sentence: `minCapacity is ${tasks}: the loss of one ${what} leaves no task, and nobody is served until another one has started`,
      },
    ];
  const needed = Math.round((tasks * cpu) / left);
  if (needed <= 100) return [];
  const enough = `a targetCpuUtilizationPercent of ${Math.floor((100 * left) / tasks)}`;
  return [
    {
      id: 'redundancy',
      sentence: `minCapacity is ${tasks}, with the CPU of each at up to ${cpu} %: the loss of one ${what} leaves ${left}, which would need ${tasks} x ${cpu} / ${left} = ${needed} % of theirs until others have started. ${enough}, or more tasks, would do`,
    },
  ];
}

function highResolutionDoubts({ highResolutionMetrics }: ScalableStatelessServiceProps): Doubt[] {
  if (highResolutionMetrics !== HighResolutionMetrics.FOLLOWED) return [];
  return [
    {
      id: 'highResolutionMetrics',
      sentence:
        'highResolutionMetrics are followed: a service that runs already needs a deployment with HighResolutionMetrics.PUBLISHED first, or its policies follow metrics that are not there yet',
    },
  ];
}
