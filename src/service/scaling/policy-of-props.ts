import { Lazy, Token } from 'aws-cdk-lib';
import { DEFAULTS } from '../../plan/default-plan';
import { InvalidInput } from '../../plan/invalid-input';
import { type ScalingPolicy, scalingPolicy } from '../../plan/policy';
import { requestCountTarget } from '../../plan/target-tracking';
import { secondsOf } from '../seconds';
import type { ScalingProps } from './scaling-props';

/** The scaling rules that the props ask for. */
export function policyOf(props: ScalingProps): ScalingPolicy {
  const shared = {
    scaleOutCooldownSeconds: secondsOf(props.scaleOutCooldown) ?? DEFAULTS.scaleOutCooldownSeconds,
    scaleInCooldownSeconds: secondsOf(props.scaleInCooldown) ?? DEFAULTS.scaleInCooldownSeconds,
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
