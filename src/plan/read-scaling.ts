import { AWS_DEFAULTS } from './default-plan';
import { InvalidInput } from './invalid-input';
import type { ScalingMetric } from './metric';
import { type ScalingPolicy, scalingPolicy } from './policy';
import type { TargetTracking } from './target-tracking';
import { field, type Resource, type Template } from './template';
import type { TemplateNumbers } from './template-numbers';

const FOLLOWED: readonly string[] = ['ECSServiceAverageCPUUtilization', 'ALBRequestCountPerTarget'] satisfies ScalingMetric[];

/** The scaling rules of a service, and the policies that they leave out. */
export interface ReadScaling {
  readonly policy: ScalingPolicy;
  readonly ignored: readonly string[];
}

/** Reads the scaling rules that a template gives to one service. */
export function readScaling(template: Template, numbers: TemplateNumbers, service: Resource): ReadScaling {
  const target = template
    .ofType('AWS::ApplicationAutoScaling::ScalableTarget')
    .find((candidate) => template.referredTo(candidate.properties.ResourceId, 'AWS::ECS::Service')?.id === service.id);
  if (target === undefined) {
    throw new InvalidInput([`${service.id} must have an AWS::ApplicationAutoScaling::ScalableTarget, got none: it does not scale`]);
  }
  const policies = template
    .ofType('AWS::ApplicationAutoScaling::ScalingPolicy')
    .filter(
      ({ properties }) =>
        template.referredTo(properties.ScalingTargetId, target.type)?.id === target.id ||
        template.referredTo(properties.ResourceId, service.type)?.id === service.id,
    );
  const followed = policies.filter(isFollowed);
  if (followed.length === 0) {
    throw new InvalidInput([`${service.id} must have a target-tracking policy on ${FOLLOWED.join(' or ')}, got none`]);
  }
  return {
    policy: scalingPolicy({
      minCapacity: numbers.required(target, 'MinCapacity'),
      maxCapacity: numbers.required(target, 'MaxCapacity'),
      targetTracking: followed.map((policy) => readTargetTracking(template, numbers, policy)),
    }),
    ignored: policies
      .filter((policy) => !isFollowed(policy))
      .map((policy) => `${policy.id} (${kindOf(policy)}): this kind of policy is not followed`),
  };
}

function readTargetTracking(template: Template, numbers: TemplateNumbers, policy: Resource): TargetTracking {
  const tracking = policy.properties.TargetTrackingScalingPolicyConfiguration;
  const number = (name: string, fallback?: number): number => numbers.of(`${policy.id} ${name}`, field(tracking, name) ?? fallback);
  return {
    name: template.plain(policy.properties.PolicyName) ?? policy.id,
    metric: metricOf(policy) as ScalingMetric,
    targetValue: number('TargetValue'),
    scaleOutCooldownSeconds: number('ScaleOutCooldown', AWS_DEFAULTS.cooldownSeconds),
    scaleInCooldownSeconds: number('ScaleInCooldown', AWS_DEFAULTS.cooldownSeconds),
    disableScaleIn: template.plain(field(tracking, 'DisableScaleIn')) === 'true',
  };
}

function isFollowed(policy: Resource): boolean {
  return FOLLOWED.includes(String(metricOf(policy)));
}

function metricOf(policy: Resource): unknown {
  const tracking = policy.properties.TargetTrackingScalingPolicyConfiguration;
  return field(field(tracking, 'PredefinedMetricSpecification'), 'PredefinedMetricType');
}

function kindOf(policy: Resource): string {
  return String(metricOf(policy) ?? policy.properties.PolicyType ?? 'a policy of another kind');
}
