import { AWS_DEFAULTS } from '../default-plan';
import { type ScalingPolicy, scalingPolicy } from '../policy';
import { type ParsedScaling, throwIfNothingScales } from './read-scaling';
import { readGroupSchedules } from './read-scheduled-actions';
import { readSimpleScaling, readStepScaling } from './read-step-scaling';
import { readTargetTracking } from './read-target-tracking';
import type { Resource } from './resource';
import { ScalingReader } from './scaling-reader';
import type { Template } from './template';
import type { TemplateNumbers } from './template-attributes';
import { field, type TemplateValue } from './template-value';

/**
 * Reads the scaling rules of an EC2 Auto Scaling group.
 *
 * @throws InputError if no scaling rule can be simulated.
 */
export function readGroupScaling(
  template: Template,
  numbers: TemplateNumbers,
  group: Resource,
  cpuReportSeconds: ScalingPolicy['cpuReportSeconds'],
): ParsedScaling {
  const reader = new ScalingReader(template, numbers, group);
  const policies = template
    .resourcesOfType('AWS::AutoScaling::ScalingPolicy')
    .filter(({ properties }) => template.referencedResource(properties.AutoScalingGroupName, group.type)?.id === group.id);
  const policiesOfType = (type: string): readonly Resource[] => policies.filter((policy) => policyTypeOf(reader, policy) === type);
  const cooldownSeconds = numbers.optional(group, 'Cooldown', AWS_DEFAULTS.cooldownSeconds);
  const warmupSeconds = numbers.optional(group, 'DefaultInstanceWarmup', cooldownSeconds);
  const policy = scalingPolicy({
    platform: 'ec2',
    minCapacity: numbers.required(group, 'MinSize'),
    maxCapacity: numbers.required(group, 'MaxSize'),
    cpuReportSeconds,
    targetTracking: policiesOfType('TargetTrackingScaling').flatMap((each) => readTracking(reader, each, warmupSeconds)),
    stepScaling: policiesOfType('StepScaling').flatMap((each) => readSteps(reader, each, warmupSeconds)),
    simpleScaling: policiesOfType('SimpleScaling').flatMap((each) => readSimpleScaling(reader, each, cooldownSeconds)),
    scheduledActions: readGroupSchedules(reader, group),
    isPredictive: policiesOfType('PredictiveScaling').length > 0,
  });
  for (const { id } of policiesOfType('PredictiveScaling')) {
    reader.ignore(`${id} (PredictiveScaling): what AWS will forecast is not known; a scenario gives the minimums that it would set`);
  }
  throwIfNothingScales(policy, reader);
  return { policy, ignored: reader.ignored, ignoredAlarmMetrics: reader.ignoredAlarmMetrics, resources: policies };
}

function policyTypeOf(reader: ScalingReader, { properties }: Resource): string {
  return reader.text(properties.PolicyType) ?? 'SimpleScaling';
}

/** Target tracking of a group has no cooldown: the instance warm-up limits scale-out, and nothing limits scale-in. */
function readTracking(reader: ScalingReader, policy: Resource, warmupSeconds: number) {
  const policyWarmupSeconds = reader.optionalNumber(`${policy.id} EstimatedInstanceWarmup`, policy.properties.EstimatedInstanceWarmup);
  const defaultCooldowns = { scaleOutSeconds: policyWarmupSeconds ?? warmupSeconds, scaleInSeconds: 0 };
  const tracking = readTargetTracking(reader, policy, policy.properties.TargetTrackingConfiguration, defaultCooldowns);
  return tracking === undefined ? [] : [tracking];
}

function readSteps(reader: ScalingReader, policy: Resource, warmupSeconds: number) {
  const properties = policy.properties as TemplateValue;
  if (field(properties, 'Cooldown') !== undefined) reader.ignore(`${policy.id} Cooldown: step scaling of a group has a warm-up instead`);
  return readStepScaling(reader, policy, properties, { property: 'EstimatedInstanceWarmup', defaultSeconds: warmupSeconds });
}
