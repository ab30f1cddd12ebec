import { PoolState } from 'aws-cdk-lib/aws-autoscaling';
import { InstanceArchitecture, InstanceType } from 'aws-cdk-lib/aws-ec2';
import { CpuArchitecture } from 'aws-cdk-lib/aws-ecs';
import { DEFAULTS } from '../plan/default-plan';
import { DEFAULT_PLAN, DEFAULT_TARGETS } from '../plan/default-service-plan';
import { instanceSize } from '../plan/instance-types';
import { type ScalingPolicy, scalingPolicy } from '../plan/policy';
import type { TargetTracking } from '../plan/target-tracking';
import { healthCheckOf, overriding, type PlanFromProps, perMinute } from '../service/plan-from-props';
import { secondsOf } from '../service/prop-rules';
import type { GroupProps } from './group-props';
import type { InstanceProps } from './instance-props';
import type { ScalableStatelessInstancesProps } from './instances-props';
import { HOST_PORT } from './start-up/task-settings';

/** The defaults of `ScalableStatelessInstances`, besides those that it shares with `ScalableStatelessService`. */
export const INSTANCE_DEFAULTS = {
  defaultInstanceWarmupSeconds: 60,
  launchTimeoutSeconds: 300,
  healthCheckGracePeriodSeconds: 60,
  minHealthyPercent: 100,
  maxHealthyPercent: 200,
  detailedMonitoring: true,
  ssmSessionPermissions: true,
  volumeGiB: 8,
} as const;

/** The plan of the props, with defaults: what the construct renders. Its numbers may be tokens. */
export function instancesPlanOf(props: ScalableStatelessInstancesProps): PlanFromProps {
  return {
    policy: policyOf(props),
    // an instance type that is not in the table has a size that nothing here depends on.
    task: instanceSize(instanceTypeOf(props).toString()) ?? { cpu: Number.NaN, memoryMiB: Number.NaN },
    container: {
      port: HOST_PORT,
      environment: props.environment ?? {},
      stopTimeoutSeconds: secondsOf(props.stopTimeout) ?? DEFAULT_PLAN.container.stopTimeoutSeconds,
    },
    healthCheck: healthCheckOf(props),
    deregistrationDelaySeconds: secondsOf(props.deregistrationDelay) ?? DEFAULT_PLAN.deregistrationDelaySeconds,
    routing: overriding(DEFAULT_PLAN.routing, {
      algorithm: props.loadBalancingAlgorithm,
      slowStartSeconds: secondsOf(props.slowStart),
    }),
    deployment: {
      minHealthyPercent: props.minHealthyPercent ?? INSTANCE_DEFAULTS.minHealthyPercent,
      maxHealthyPercent: props.maxHealthyPercent ?? INSTANCE_DEFAULTS.maxHealthyPercent,
      hasCircuitBreaker: false,
      healthCheckGracePeriodSeconds: secondsOf(props.healthCheckGracePeriod) ?? INSTANCE_DEFAULTS.healthCheckGracePeriodSeconds,
    },
  };
}

function policyOf(props: ScalableStatelessInstancesProps): ScalingPolicy {
  return scalingPolicy({
    platform: 'ec2',
    minCapacity: props.minCapacity ?? DEFAULTS.minCapacity,
    maxCapacity: props.maxCapacity ?? DEFAULTS.maxCapacity,
    targetTracking: tracksTargets(props) ? targetsOf(props) : [],
    cpuReportSeconds: (props.detailedMonitoring ?? INSTANCE_DEFAULTS.detailedMonitoring) ? 60 : 300,
  });
}

/** Whether target-tracking policies scale the group. */
export function tracksTargets({ scaling }: GroupProps): boolean {
  return (scaling?._kind ?? 'targetTracking') === 'targetTracking';
}

function targetsOf(props: ScalableStatelessInstancesProps): TargetTracking[] {
  const { requests, cpu } = DEFAULT_TARGETS;
  const rate = props.requestsPerSecondPerTask;
  const shared = {
    scaleOutCooldownSeconds: warmupSecondsOf(props),
    scaleInCooldownSeconds: 0,
    disableScaleIn: props.disableScaleIn ?? DEFAULTS.disableScaleIn,
  };
  const targetCpu = props.targetCpuUtilizationPercent ?? cpu.targetValue;
  return [
    ...((props.scaleOnRequests ?? DEFAULTS.scaleOnRequests)
      ? [{ ...requests, ...shared, targetValue: rate === undefined ? requests.targetValue : perMinute(rate) }]
      : []),
    ...((props.scaleOnCpu ?? DEFAULTS.scaleOnCpu)
      ? [{ ...cpu, ...shared, metric: 'ASGAverageCPUUtilization', targetValue: targetCpu } as const]
      : []),
  ];
}

/** The default instance warmup. */
export function warmupSecondsOf({ defaultInstanceWarmup }: GroupProps): number {
  return secondsOf(defaultInstanceWarmup) ?? INSTANCE_DEFAULTS.defaultInstanceWarmupSeconds;
}

/** The CPU architecture of the instances: that of their type where only that is given. */
export function architectureOfInstances({ cpuArchitecture, instanceType, image, program }: InstanceProps): CpuArchitecture {
  if (cpuArchitecture !== undefined) return cpuArchitecture;
  if (instanceType !== undefined) return isArm(instanceType) ? CpuArchitecture.ARM64 : CpuArchitecture.X86_64;
  return image === undefined && program === undefined ? CpuArchitecture.ARM64 : CpuArchitecture.X86_64;
}

/** Whether an instance type has Graviton processors. */
export function isArm(type: InstanceType): boolean {
  return type.architecture === InstanceArchitecture.ARM_64;
}

/** The instance type of the props, or the default for their architecture. */
export function instanceTypeOf(props: InstanceProps): InstanceType {
  if (props.instanceType !== undefined) return props.instanceType;
  const isArm64 = architectureOfInstances(props)._cpuArchitecture === CpuArchitecture.ARM64._cpuArchitecture;
  return new InstanceType(isArm64 ? 'c7g.medium' : 'c7i.large');
}

/** Whether the group has a mixed instances policy: several instance types, or Spot Instances. */
export function hasMixedInstances({ additionalInstanceTypes = [], spotPercent = 0 }: InstanceProps & GroupProps): boolean {
  return additionalInstanceTypes.length > 0 || spotPercent > 0;
}

/** Whether the instances of the warm pool hibernate: their memory is on their root volumes. */
export function hibernates({ warmPool }: GroupProps): boolean {
  return warmPool?.poolState === PoolState.HIBERNATED;
}
