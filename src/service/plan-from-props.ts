import { Lazy, Token, Tokenization } from 'aws-cdk-lib';
import { highResolutionMetricOf } from '../metrics/metric';
import { InputError } from '../parse/input-error';
import { DEFAULTS } from '../plan/default-plan';
import { DEFAULT_PLAN, DEFAULT_TARGETS } from '../plan/default-service-plan';
import type { EarlySuccess } from '../plan/early-success';
import type { HealthCheck } from '../plan/health-check';
import { DEFAULT_HOOK_TIMEOUT, type LifecycleHook } from '../plan/lifecycle-hooks';
import { type ScalingPolicy, scalingPolicy } from '../plan/policy';
import type { ContainerPlan, Plan } from '../plan/service-plan';
import { requestCountTarget, type TargetTracking } from '../plan/target-tracking';
import type { TaskSize } from '../plan/task-size';
import type { RollingOptions } from './deployment/deployment';
import type { DeploymentProps } from './deployment/deployment-props';
import { secondsOf } from './prop-rules';
import type { ScalableStatelessServiceProps } from './scalable-stateless-service-props';
import { HighResolutionMetrics } from './scaling/high-resolution-metrics';
import type { ScalingProps } from './scaling/scaling-props';
import { healthCheckPathOf } from './target-group/grpc-health-check';
import type { TargetGroupProps } from './target-group/target-group-props';

import { servingPortOf } from './task/existing-task-definition';
import type { TaskProps } from './task/task-props';

/** The plan of a service before synthesis: what the construct renders. Its numbers may be tokens. */
export type PlanFromProps = Omit<Plan, 'service' | 'zoneCount' | 'infrastructure'>;

/** Only synthesis knows the names of the alarms. */
const { rollbackAlarms: _, ...DEFAULT_DEPLOYMENT }: Plan['deployment'] = DEFAULT_PLAN.deployment;

/** The plan of the props, with defaults. */
export function planOf(props: ScalableStatelessServiceProps): PlanFromProps {
  return {
    policy: policyOf(props),
    task: taskSizeOf(props),
    container: containerOf(props),
    healthCheck: healthCheckOf(props),
    deregistrationDelaySeconds: secondsOf(props.deregistrationDelay) ?? DEFAULT_PLAN.deregistrationDelaySeconds,
    routing: overriding(DEFAULT_PLAN.routing, {
      algorithm: props.loadBalancingAlgorithm,
      slowStartSeconds: secondsOf(props.slowStart),
    }),
    deployment: overriding(DEFAULT_DEPLOYMENT, {
      minHealthyPercent: props.minHealthyPercent,
      maxHealthyPercent: props.maxHealthyPercent,
      rebalancesZones: props.availabilityZoneRebalancing,
      hasCircuitBreaker: props.circuitBreaker ?? props.deployment?._hasTwoTargetGroups !== true,
      ...circuitBreakerOf(props.deployment?._options),
      lifecycleHooks: hooksOf(props),
      earlySuccess: earlySuccessOf(props.deployment?._options),
      healthCheckGracePeriodSeconds: secondsOf(props.healthCheckGracePeriod),
    }),
  };
}

function circuitBreakerOf({ circuitBreakerThreshold: threshold, resetOnHealthyTask }: RollingOptions = {}): Partial<Plan['deployment']> {
  return {
    circuitBreakerThreshold: threshold && { type: threshold._type, value: threshold._value },
    resetOnHealthyTask,
  };
}

function earlySuccessOf({ earlySuccessHealthyPercent, deferCleanup }: RollingOptions = {}): EarlySuccess | undefined {
  if (earlySuccessHealthyPercent === undefined) return undefined;
  return { healthyPercent: earlySuccessHealthyPercent, cleanup: deferCleanup === true ? 'DEFERRED' : 'BLOCKING' };
}

/** The pause of an approval. The other hooks are known once they are bound to the service. */
function hooksOf({ deployment, lifecycleHooks = [] }: DeploymentProps): LifecycleHook[] | undefined {
  const approval = deployment?._options.approval;
  if (approval === undefined || lifecycleHooks.length > 0) return undefined;
  const { timeoutMinutes, timeoutAction } = DEFAULT_HOOK_TIMEOUT;
  return [
    {
      targetType: 'PAUSE',
      stages: ['PRE_PRODUCTION_TRAFFIC_SHIFT'],
      timeoutMinutes: approval.timeout?.toMinutes() ?? timeoutMinutes,
      timeoutAction: approval.timeoutAction ?? timeoutAction,
    },
  ];
}

/** A part of the default plan with the props that are given. */
export function overriding<Part extends object>(defaults: Part, props: Partial<Part>): Part {
  return { ...defaults, ...Object.fromEntries(Object.entries(props).filter(([, value]) => value !== undefined)) };
}

function taskSizeOf({ taskDefinition, cpu, memoryLimitMiB }: TaskProps): TaskSize {
  if (taskDefinition !== undefined) return { cpu: taskDefinition.cpu, memoryMiB: taskDefinition.memoryMiB };
  return overriding(DEFAULT_PLAN.task, { cpu, memoryMiB: memoryLimitMiB });
}

function containerOf(props: TaskProps): ContainerPlan {
  const { container } = DEFAULT_PLAN;
  const port = servingPortOf(props) ?? container.port;
  return {
    port,
    environment: {
      ...container.environment,
      ...(needsPortVariable(props) && { PORT: Tokenization.stringifyNumber(port) }),
      ...props.environment,
    },
    stopTimeoutSeconds: secondsOf(props.stopTimeout) ?? container.stopTimeoutSeconds,
  };
}

/** The reference search service has a default port, and needs no variable. Rules that look for secrets in variables then have no findings. */
function needsPortVariable({ image, containerPort }: TaskProps): boolean {
  return image !== undefined || containerPort !== undefined;
}

export function healthCheckOf(props: TargetGroupProps): HealthCheck {
  const { interval, timeout, healthyThresholdCount, unhealthyThresholdCount } = props.healthCheck ?? {};
  return overriding(DEFAULT_PLAN.healthCheck, {
    path: healthCheckPathOf(props),
    intervalSeconds: secondsOf(interval),
    timeoutSeconds: secondsOf(timeout),
    healthyThresholdCount,
    unhealthyThresholdCount,
  });
}

/** The scaling policy of the props. */
export function policyOf(props: ScalingProps): ScalingPolicy {
  return scalingPolicy({
    minCapacity: props.minCapacity ?? DEFAULT_PLAN.policy.minCapacity,
    maxCapacity: props.maxCapacity ?? DEFAULT_PLAN.policy.maxCapacity,
    targetTracking: targetsOf(props),
  });
}

function targetsOf(props: ScalingProps): TargetTracking[] {
  const { requestsPerSecondPerTask, targetCpuUtilizationPercent, targetMemoryUtilizationPercent: memory } = props;
  const { requests, cpu } = DEFAULT_TARGETS;
  const isFast = props.highResolutionMetrics === HighResolutionMetrics.PUBLISH_AND_SCALE;
  const requestTarget = requestsPerSecondPerTask === undefined ? requests.targetValue : perMinute(requestsPerSecondPerTask);
  const targets: TargetTracking[] = [
    ...((props.scaleOnRequests ?? DEFAULTS.scaleOnRequests) ? [{ ...requests, targetValue: requestTarget }] : []),
    ...((props.scaleOnCpu ?? DEFAULTS.scaleOnCpu) ? [{ ...cpu, targetValue: targetCpuUtilizationPercent ?? cpu.targetValue }] : []),
    ...(memory === undefined
      ? []
      : [{ ...cpu, name: 'Memory', metric: 'ECSServiceAverageMemoryUtilization', targetValue: memory } as const]),
  ];
  return targets.map((target) =>
    overriding(target, {
      metric: isFast ? highResolutionMetricOf(target.metric) : undefined,
      scaleOutCooldownSeconds: secondsOf(props.scaleOutCooldown),
      scaleInCooldownSeconds: secondsOf(props.scaleInCooldown),
      disableScaleIn: props.disableScaleIn,
    }),
  );
}

/** A token is multiplied when it is resolved at synthesis. CloudFormation cannot multiply a value that is known later. */
export function perMinute(perSecond: number): number {
  if (!Token.isUnresolved(perSecond)) return requestCountTarget(perSecond);
  return Lazy.uncachedNumber({
    produce: (context) => {
      const value: unknown = context.resolve(perSecond);
      if (typeof value === 'number') return requestCountTarget(value);
      throw new InputError([`requestsPerSecondPerTask must be a number known at synthesis, got ${JSON.stringify(value)}`]);
    },
  });
}
