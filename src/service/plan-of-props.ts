import { Tokenization } from 'aws-cdk-lib';
import { DEFAULTS } from '../plan/default-plan';
import type { HealthCheck } from '../plan/health-check';
import type { ContainerPlan, Plan } from '../plan/plan';
import type { ScalableStatelessServiceProps } from '../scalable-stateless-service-props';
import { policyOf } from './scaling/policy-of-props';
import { secondsOf } from './seconds';
import type { HealthCheckOptions } from './target-group/health-check-options';
import type { TaskProps } from './task/task-props';

/** A plan before its service has a name in a template: what the construct renders. A number in it may be a token. */
export type ServicePlan = Omit<Plan, 'service' | 'zoneCount' | 'infrastructure'>;

/** What the props say, with the defaults for what they leave out. */
export function planOf(props: ScalableStatelessServiceProps): ServicePlan {
  return {
    policy: policyOf(props),
    task: { cpu: props.cpu ?? DEFAULTS.cpu, memoryMiB: props.memoryLimitMiB ?? DEFAULTS.memoryLimitMiB },
    container: containerOf(props),
    healthCheck: healthCheckOf(props.healthCheck ?? {}),
    deregistrationDelaySeconds: secondsOf(props.deregistrationDelay) ?? DEFAULTS.deregistrationDelaySeconds,
    routing: {
      algorithm: props.routingAlgorithm ?? DEFAULTS.routingAlgorithm,
      slowStartSeconds: secondsOf(props.slowStart) ?? DEFAULTS.slowStartSeconds,
      mitigatesAnomalies: false,
    },
    deployment: {
      minimumHealthyPercent: props.minHealthyPercent ?? DEFAULTS.minHealthyPercent,
      maximumPercent: props.maxHealthyPercent ?? DEFAULTS.maxHealthyPercent,
      rebalancesZones: props.availabilityZoneRebalancing ?? DEFAULTS.availabilityZoneRebalancing,
      hasCircuitBreaker: props.circuitBreaker ?? props.deployment?._hasTwoTargetGroups !== true,
      healthCheckGracePeriodSeconds: secondsOf(props.healthCheckGracePeriod) ?? DEFAULTS.healthCheckGracePeriodSeconds,
    },
  };
}

function containerOf(props: TaskProps): ContainerPlan {
  const port = props.containerPort ?? DEFAULTS.containerPort;
  return {
    port,
    environment: { ...(isTold(props) && { PORT: Tokenization.stringifyNumber(port) }), ...props.environment },
    stopTimeoutSeconds: secondsOf(props.stopTimeout) ?? DEFAULTS.stopTimeoutSeconds,
  };
}

/** The reference service knows its port. Rules that look for secrets in variables then find none. */
function isTold({ image, containerPort }: TaskProps): boolean {
  return image !== undefined || containerPort !== undefined;
}

function healthCheckOf(options: HealthCheckOptions): HealthCheck {
  const defaults = DEFAULTS.healthCheck;
  return {
    path: options.path ?? defaults.path,
    intervalSeconds: secondsOf(options.interval) ?? defaults.intervalSeconds,
    timeoutSeconds: secondsOf(options.timeout) ?? defaults.timeoutSeconds,
    healthyThresholdCount: options.healthyThresholdCount ?? defaults.healthyThresholdCount,
    unhealthyThresholdCount: options.unhealthyThresholdCount ?? defaults.unhealthyThresholdCount,
  };
}
