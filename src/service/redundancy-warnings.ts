import { Token } from 'aws-cdk-lib';
import type { PlanFromProps } from './plan-from-props';
import type { SharedScalingProps } from './scaling/scaling-props';

/** A minimum that scaling may go down to. */
interface Minimum {
  /** The prop that sets it. */
  readonly name: string;
  readonly tasks: number;
}

/**
 * Warns where the tasks that are left after a loss cannot serve the load: none is left, or they would need more CPU than they have.
 *
 * A service that runs its minimum may have its CPU at the target, as scaling adds tasks above it. Within the minutes that new tasks take, the rest
 * of an Availability Zone's tasks serve that load. With two zones these are half of them, however many tasks there are.
 *
 * @param zones the number of Availability Zones of the tasks; undefined where it is not known: the loss of one task is judged then.
 */
export function redundancyTexts({ policy }: Pick<PlanFromProps, 'policy'>, zones: number | undefined, props: SharedScalingProps): string[] {
  // without a policy on CPU nothing limits it.
  const cpu = policy.targetTracking.find(({ name }) => name === 'Cpu')?.targetValue;
  const known = cpu === undefined || Token.isUnresolved(cpu) ? undefined : cpu;
  const minimums = minimumsOf(policy.minCapacity, props).filter(({ tasks }) => !Token.isUnresolved(tasks));
  return minimums.flatMap((minimum) => textOf(minimum, zones, known) ?? []).slice(0, 1);
}

/** A schedule without any task switches the service off, on purpose. */
function minimumsOf(minCapacity: number, { schedules = [] }: SharedScalingProps): Minimum[] {
  const scheduled = schedules.flatMap(({ name, minCapacity: tasks, maxCapacity }) =>
    tasks === undefined || maxCapacity === 0 ? [] : [{ name: `minCapacity of schedule ${name}`, tasks }],
  );
  return [{ name: 'minCapacity', tasks: minCapacity }, ...scheduled];
}

function textOf({ name, tasks }: Minimum, zones: number | undefined, cpu: number | undefined): string | undefined {
  if (tasks === 0) return `${name} is 0: without a task requests fail until one has started. Use a larger minCapacity`;
  if (tasks === 1)
    return `${name} is 1: after the loss of one task no task is left, and requests fail until another one has started. Use a larger minCapacity`;
  if (zones === 1)
    return 'all tasks are in one Availability Zone: after its loss no task is left, and requests fail until it is back. Use taskSubnets in two zones or more';
  if (cpu === undefined) return undefined;
  return zones === undefined
    ? overloadText({ name, tasks }, cpu, { lost: 1, what: 'task', otherwise: ', or more tasks' })
    : overloadText({ name, tasks }, cpu, { lost: lostWithZone(tasks, zones), what: 'zone', otherwise: thirdZone(tasks, zones, cpu) });
}

/** ECS spreads the tasks evenly: the zone with the most tasks has no more than its share, rounded up. */
function lostWithZone(tasks: number, zones: number): number {
  return Math.ceil(tasks / zones);
}

interface Loss {
  readonly lost: number;
  readonly what: 'task' | 'zone';

  /** What helps besides a lower target. */
  readonly otherwise: string;
}

function overloadText({ name, tasks }: Minimum, cpu: number, { lost, what, otherwise }: Loss): string | undefined {
  const left = tasks - lost;
  if (tasks * cpu <= 100 * left) return undefined;
  const needed = Math.ceil((tasks * cpu) / left);
  const [are, their] = left === 1 ? ['is', 'its'] : ['are', 'their'];
  return `${name} is ${tasks}, with the CPU of each at up to ${cpu} %: after the loss of one ${what} ${left} ${are} left, which would need ${tasks} x ${cpu} / ${left} = ${needed} % of ${their} CPU until others have started. Use a targetCpuUtilizationPercent of ${highestTarget(tasks, lost)}${otherwise}`;
}

/** The highest target at which the other tasks can serve the load of those that are lost. */
function highestTarget(tasks: number, lost: number): number {
  return Math.floor((100 * (tasks - lost)) / tasks);
}

const THREE_ZONES = 3;

/** More tasks do not help against the loss of one of two zones: it always takes half of them. A third zone does, with tasks that fill it. */
function thirdZone(tasks: number, zones: number, cpu: number): string {
  if (zones >= THREE_ZONES) return '';
  const targetOf = (count: number): number => highestTarget(count, lostWithZone(count, THREE_ZONES));
  const enough = [tasks, tasks + 1, tasks + 2].find((count) => cpu <= targetOf(count));
  if (enough === tasks) return ', or a third zone';
  if (enough !== undefined) return `, or a third zone and a minCapacity of ${enough}`;
  const better = targetOf(tasks);
  return better > highestTarget(tasks, lostWithZone(tasks, zones))
    ? `, or a third zone and a targetCpuUtilizationPercent of ${better}`
    : '';
}
