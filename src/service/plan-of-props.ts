import { type Duration, Lazy, Token, Tokenization } from 'aws-cdk-lib';
import { DEFAULTS } from '../plan/default-plan';
import type { HealthCheck } from '../plan/health-check';
import { InvalidInput } from '../plan/invalid-input';
import type { ContainerPlan, Plan } from '../plan/plan';
import { type ScalingPolicy, scalingPolicy } from '../plan/policy';
import { requestCountTarget } from '../plan/target-tracking';
import type { ScalableStatelessServiceProps } from '../scalable-stateless-service-props';
import type { HealthCheckOptions } from './health-check-options';
import { infrastructureIn } from './infrastructure-of-network';

/** A plan before its service has a name in a template: what the construct renders. A number in it may be a token. */
export type ServicePlan = Omit<Plan, 'service'>;

/** What the props say, with the defaults for what they leave out. */
export function planOf(props: ScalableStatelessServiceProps): ServicePlan {
  return {
    policy: policyOf(props),
    task: { cpu: props.cpu ?? DEFAULTS.cpu, memoryMiB: props.memoryLimitMiB ?? DEFAULTS.memoryLimitMiB },
    container: containerOf(props),
    healthCheck: healthCheckOf(props.healthCheck ?? {}),
    deregistrationDelaySeconds: DEFAULTS.deregistrationDelaySeconds,
    infrastructure: infrastructureIn(props.vpc ?? props.cluster?.vpc),
  };
}

function policyOf(props: ScalableStatelessServiceProps): ScalingPolicy {
  const shared = {
    scaleOutCooldownSeconds: seconds(props.scaleOutCooldown) ?? DEFAULTS.scaleOutCooldownSeconds,
    scaleInCooldownSeconds: seconds(props.scaleInCooldown) ?? DEFAULTS.scaleInCooldownSeconds,
    disableScaleIn: false,
  };
  const requests = perMinute(props.requestsPerSecondPerTask ?? DEFAULTS.requestsPerSecondPerTask);
  const cpu = props.targetCpuUtilizationPercent ?? DEFAULTS.targetCpuUtilizationPercent;
  return scalingPolicy({
    minCapacity: props.minCapacity ?? DEFAULTS.minCapacity,
    maxCapacity: props.maxCapacity ?? DEFAULTS.maxCapacity,
    targetTracking: [
      { name: 'Requests', metric: 'ALBRequestCountPerTarget', targetValue: requests, ...shared },
      { name: 'Cpu', metric: 'ECSServiceAverageCPUUtilization', targetValue: cpu, ...shared },
    ],
  });
}

function containerOf(props: ScalableStatelessServiceProps): ContainerPlan {
  const port = props.containerPort ?? DEFAULTS.containerPort;
  return {
    port,
    environment: { PORT: Tokenization.stringifyNumber(port), ...props.environment },
    stopTimeoutSeconds: DEFAULTS.stopTimeoutSeconds,
  };
}

function healthCheckOf(options: HealthCheckOptions): HealthCheck {
  const defaults = DEFAULTS.healthCheck;
  return {
    path: options.path ?? defaults.path,
    intervalSeconds: seconds(options.interval) ?? defaults.intervalSeconds,
    timeoutSeconds: seconds(options.timeout) ?? defaults.timeoutSeconds,
    healthyThresholdCount: options.healthyThresholdCount ?? defaults.healthyThresholdCount,
    unhealthyThresholdCount: options.unhealthyThresholdCount ?? defaults.unhealthyThresholdCount,
  };
}

// a fraction is kept, so that the rules can name it.
function seconds(duration: Duration | undefined): number | undefined {
  return duration?.toSeconds({ integral: false });
}

/** A token is multiplied once its value is known; where that is during the deployment, nobody can multiply it. */
function perMinute(perSecond: number): number {
  if (!Token.isUnresolved(perSecond)) return requestCountTarget(perSecond);
  return Lazy.uncachedNumber({
    produce: (context) => {
      const value: unknown = context.resolve(perSecond);
      if (typeof value === 'number') return requestCountTarget(value);
      throw new InvalidInput([`requestsPerSecondPerTask must be a number known at synthesis, got ${JSON.stringify(value)}`]);
    },
  });
}
