import { isRequestCount, type ScalingMetric, signalOf } from '../metrics/metric';
import type { ValidationError } from '../parse/validation-error';
import { DEFAULTS } from './default-plan';
import type { Infrastructure } from './infrastructure';
import type { ScalingPolicy } from './policy';
import type { Plan } from './service-plan';
import { REQUEST_COUNT_PERIOD_SECONDS, requestCountTarget, type TargetTracking } from './target-tracking';
import { taskSizeErrors } from './task-size';

/** A prop of the construct that a plan can be varied by. */
interface TunableProp<Value extends number | boolean> {
  /** The prop; `--set` and `PlanChanges` use the same name. */
  readonly prop: string;
  /** A duration is in seconds here, and a `Duration` in the API. */
  readonly kind: 'number' | 'duration' | 'boolean';
  /** Its value in a plan; undefined if the plan has none. */
  readonly read: (plan: Plan) => Value | undefined;
  readonly write: (plan: Plan, value: Value) => Plan;
}

/** Every prop that can be varied, by the name of its number in a plan. `--set`, `PlanChanges` and recommendations read this table. */
export const TUNABLE_PROPS = {
  cpu: taskProp('cpu', 'cpu'),
  memoryMiB: taskProp('memoryLimitMiB', 'memoryMiB'),
  minCapacity: policyProp('minCapacity'),
  maxCapacity: policyProp('maxCapacity'),
  requestsPerSecondPerTask: targetProp('requestsPerSecondPerTask', 'ALBRequestCountPerTarget', 'Requests', REQUEST_COUNT_PERIOD_SECONDS),
  targetCpuUtilizationPercent: targetProp('targetCpuUtilizationPercent', 'ECSServiceAverageCPUUtilization', 'Cpu', 1),
  scaleOutCooldownSeconds: cooldownProp('scaleOutCooldown', 'scaleOutCooldownSeconds'),
  scaleInCooldownSeconds: cooldownProp('scaleInCooldown', 'scaleInCooldownSeconds'),
  zoneCount: {
    prop: 'maxAzs',
    kind: 'number',
    read: ({ zoneCount }: Plan) => zoneCount,
    write: (plan: Plan, zoneCount: number) => ({ ...plan, zoneCount }),
  },
  natGateways: infrastructureProp(
    'natGateways',
    ({ natGateways }) => natGateways,
    (natGateways: number) => ({ natGateways }),
  ),
  interfaceEndpoints: infrastructureProp(
    'interfaceEndpoints',
    ({ interfaceEndpoints }) => interfaceEndpoints,
    (interfaceEndpoints: number) => ({ interfaceEndpoints }),
  ),
  isArm: {
    ...infrastructureProp(
      'arm',
      ({ architecture }) => architecture === 'ARM64',
      (isArm: boolean) => ({ architecture: isArm ? 'ARM64' : 'X86_64' }),
    ),
    kind: 'boolean',
  },
  spotPercent: {
    prop: 'spotPercent',
    kind: 'number',
    read: ({ infrastructure }: Plan) => 100 * infrastructure.spotShare,
    write: (plan: Plan, percent: number) => withSpotPercent(plan, percent),
  },
  onDemandBase: infrastructureProp(
    'onDemandBase',
    ({ onDemandBase }) => onDemandBase,
    (onDemandBase: number) => ({ onDemandBase }),
  ),
} as const satisfies Readonly<Record<string, TunableProp<number> | TunableProp<boolean>>>;

/** A prop that can be varied, by the name of its number in a plan. */
export type TunableName = keyof typeof TUNABLE_PROPS;

/** The names in the order of the table. */
export const TUNABLE_NAMES = Object.keys(TUNABLE_PROPS) as readonly TunableName[];

/** The changes of a variant of a plan. A number that is left out does not change. */
export type PlanChanges = { readonly [Name in TunableName]?: NonNullable<ReturnType<(typeof TUNABLE_PROPS)[Name]['read']>> };

/** A plan with changes. A new target-tracking policy has the cooldowns of the first one of the plan, or else the construct's. */
export function changedPlan(plan: Plan, changes: PlanChanges): Plan {
  return TUNABLE_NAMES.reduce((changed, name) => {
    const value = changes[name];
    return value === undefined ? changed : (TUNABLE_PROPS[name].write as TunableProp<typeof value>['write'])(changed, value);
  }, plan);
}

/** Returns an error for a task size that was changed to one that Fargate does not offer. An instance may be of any size. */
export function changedTaskSizeErrors(before: Plan, after: Plan): ValidationError[] {
  const isSameSize = before.task.cpu === after.task.cpu && before.task.memoryMiB === after.task.memoryMiB;
  return isSameSize || after.instances !== undefined ? [] : taskSizeErrors(after.task);
}

function taskProp(prop: string, field: keyof Plan['task']): TunableProp<number> {
  return {
    prop,
    kind: 'number',
    read: ({ task }) => task[field],
    write: (plan, value) => ({ ...plan, task: { ...plan.task, [field]: value } }),
  };
}

function policyProp(prop: 'minCapacity' | 'maxCapacity'): TunableProp<number> {
  return {
    prop,
    kind: 'number',
    read: ({ policy }) => policy[prop],
    write: (plan, value) => ({ ...plan, policy: { ...plan.policy, [prop]: value } }),
  };
}

/** @param metricPerProp the value of the metric for a prop of 1. */
function targetProp(prop: string, metric: ScalingMetric, name: string, metricPerProp: number): TunableProp<number> {
  const isOnMetric = (tracking: TargetTracking): boolean => signalOf(tracking.metric) === signalOf(metric);
  return {
    prop,
    kind: 'number',
    read: ({ policy }) => {
      const tracking = policy.targetTracking.find(isOnMetric);
      return tracking && tracking.targetValue / metricPerProp;
    },
    write: (plan, value) => {
      const targetValue = isRequestCount(metric) ? requestCountTarget(value) : value;
      const { targetTracking } = plan.policy;
      const { scaleOutCooldownSeconds, scaleInCooldownSeconds } = targetTracking[0] ?? DEFAULTS;
      const added = { name, metric, targetValue, scaleOutCooldownSeconds, scaleInCooldownSeconds, disableScaleIn: false };
      return withTargets(
        plan,
        targetTracking.some(isOnMetric)
          ? targetTracking.map((tracking) => (isOnMetric(tracking) ? { ...tracking, targetValue } : tracking))
          : [...targetTracking, added],
      );
    },
  };
}

function cooldownProp(prop: string, field: 'scaleOutCooldownSeconds' | 'scaleInCooldownSeconds'): TunableProp<number> {
  return {
    prop,
    kind: 'duration',
    read: ({ policy }) => policy.targetTracking[0]?.[field],
    write: (plan, value) =>
      withTargets(
        plan,
        plan.policy.targetTracking.map((tracking) => ({ ...tracking, [field]: value })),
      ),
  };
}

function withTargets(plan: Plan, targetTracking: ScalingPolicy['targetTracking']): Plan {
  return { ...plan, policy: { ...plan.policy, targetTracking } };
}

/** Like the construct: a service that gets its first Spot tasks has its minimum on demand; one without Spot has no base. */
function withSpotPercent(plan: Plan, percent: number): Plan {
  const { infrastructure, policy } = plan;
  const hadSpot = infrastructure.spotShare > 0 || infrastructure.spotBase > 0;
  const bases =
    percent > 0 ? { onDemandBase: hadSpot ? infrastructure.onDemandBase : policy.minCapacity } : { onDemandBase: 0, spotBase: 0 };
  return { ...plan, infrastructure: { ...infrastructure, ...bases, spotShare: percent / 100 } };
}

function infrastructureProp<Value extends number | boolean>(
  prop: string,
  read: (infrastructure: Infrastructure) => Value,
  change: (value: Value) => Partial<Infrastructure>,
): TunableProp<Value> {
  return {
    prop,
    kind: 'number',
    read: ({ infrastructure }) => read(infrastructure),
    write: (plan, value) => ({ ...plan, infrastructure: { ...plan.infrastructure, ...change(value) } }),
  };
}
