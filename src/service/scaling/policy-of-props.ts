import { Lazy, Token } from 'aws-cdk-lib';
import { DEFAULTS } from '../../plan/default-plan';
import { InvalidInput } from '../../plan/invalid-input';
import { type ScalingPolicy, scalingPolicy } from '../../plan/policy';
import { requestCountTarget, type TargetTracking } from '../../plan/target-tracking';
import { secondsOf } from '../seconds';
import { HighResolutionMetrics } from './high-resolution-metrics';
import type { ScalingProps } from './scaling-props';

/** The targets and bounds that the props ask for. */
export function policyOf(props: ScalingProps): ScalingPolicy {
  return scalingPolicy({
    minCapacity: props.minCapacity ?? DEFAULTS.minCapacity,
    maxCapacity: props.maxCapacity ?? DEFAULTS.maxCapacity,
    targetTracking: targetsOf(props).map((target) => ({ ...target, ...paceOf(props) })),
  });
}

type Target = Pick<TargetTracking, 'name' | 'metric' | 'targetValue'>;

function targetsOf(props: ScalingProps): Target[] {
  const isFast = props.highResolutionMetrics === HighResolutionMetrics.FOLLOWED;
  const requests = perMinute(props.requestsPerSecondPerTask ?? DEFAULTS.requestsPerSecondPerTask);
  const cpu = props.targetCpuUtilizationPercent ?? DEFAULTS.targetCpuUtilizationPercent;
  const memory = props.targetMemoryUtilizationPercent;
  const cpuMetric = isFast ? 'ECSServiceAverageCPUUtilizationHighResolution' : 'ECSServiceAverageCPUUtilization';
  const memoryMetric = isFast ? 'ECSServiceAverageMemoryUtilizationHighResolution' : 'ECSServiceAverageMemoryUtilization';
  const onRequests: Target = { name: 'Requests', metric: 'ALBRequestCountPerTarget', targetValue: requests };
  return [
    ...((props.scaleOnRequests ?? DEFAULTS.scaleOnRequests) ? [onRequests] : []),
    ...((props.scaleOnCpu ?? DEFAULTS.scaleOnCpu) ? [{ name: 'Cpu', metric: cpuMetric, targetValue: cpu } as const] : []),
    ...(memory === undefined ? [] : [{ name: 'Memory', metric: memoryMetric, targetValue: memory } as const]),
  ];
}

function paceOf(props: ScalingProps): Pick<TargetTracking, 'scaleOutCooldownSeconds' | 'scaleInCooldownSeconds' | 'disableScaleIn'> {
  return {
    scaleOutCooldownSeconds: secondsOf(props.scaleOutCooldown) ?? DEFAULTS.scaleOutCooldownSeconds,
    scaleInCooldownSeconds: secondsOf(props.scaleInCooldown) ?? DEFAULTS.scaleInCooldownSeconds,
    disableScaleIn: props.disableScaleIn ?? DEFAULTS.disableScaleIn,
  };
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
