import { AWS_DEFAULTS } from '../default-plan';
import { type ScalingPolicy, scalingPolicy } from '../policy';
import { field, type Resource, type Template, type TemplateValue } from '../template';
import type { TemplateNumbers } from '../template-numbers';
import { type ReadScaling, refuseNothing } from './read-scaling';
import { readGroupSchedules } from './read-scheduled-actions';
import { readSimpleScaling, readStepScaling } from './read-step-scaling';
import { readTargetTracking } from './read-target-tracking';
import { ScalingReading } from './scaling-reading';

/**
 * Reads the scaling rules that a template gives to one EC2 auto scaling group.
 *
 * @throws InvalidInput where the group scales by nothing that can be followed.
 */
export function readGroupScaling(
  template: Template,
  numbers: TemplateNumbers,
  group: Resource,
  cpuReportSeconds: ScalingPolicy['cpuReportSeconds'],
): ReadScaling {
  const reading = new ScalingReading(template, numbers, group);
  const policies = template
    .ofType('AWS::AutoScaling::ScalingPolicy')
    .filter(({ properties }) => template.referredTo(properties.AutoScalingGroupName, group.type)?.id === group.id);
  const ofKind = (kind: string): readonly Resource[] => policies.filter((policy) => kindOf(reading, policy) === kind);
  const cooldownSeconds = numbers.optional(group, 'Cooldown', AWS_DEFAULTS.cooldownSeconds);
  const warmupSeconds = numbers.optional(group, 'DefaultInstanceWarmup', cooldownSeconds);
  const policy = scalingPolicy({
    platform: 'ec2',
    minCapacity: numbers.required(group, 'MinSize'),
    maxCapacity: numbers.required(group, 'MaxSize'),
    cpuReportSeconds,
    targetTracking: ofKind('TargetTrackingScaling').flatMap((each) => readTracking(reading, each, warmupSeconds)),
    stepScaling: ofKind('StepScaling').flatMap((each) => readSteps(reading, each, warmupSeconds)),
    simpleScaling: ofKind('SimpleScaling').flatMap((each) => readSimpleScaling(reading, each, cooldownSeconds)),
    scheduledActions: readGroupSchedules(reading, group),
    isPredictive: ofKind('PredictiveScaling').length > 0,
  });
  for (const { id } of ofKind('PredictiveScaling')) {
    reading.ignore(`${id} (PredictiveScaling): what AWS will forecast is not known; a scenario gives the minimums that it would set`);
  }
  refuseNothing(policy, reading);
  return { policy, ignored: reading.ignored };
}

function kindOf(reading: ScalingReading, { properties }: Resource): string {
  return reading.text(properties.PolicyType) ?? 'SimpleScaling';
}

/** A group has no cooldown for target tracking: the warm-up of its instances paces it, and nothing paces scaling in. */
function readTracking(reading: ScalingReading, policy: Resource, warmupSeconds: number) {
  const ownSeconds = reading.maybe(`${policy.id} EstimatedInstanceWarmup`, policy.properties.EstimatedInstanceWarmup);
  const pace = { scaleOutSeconds: ownSeconds ?? warmupSeconds, scaleInSeconds: 0 };
  const tracking = readTargetTracking(reading, policy, policy.properties.TargetTrackingConfiguration, pace);
  return tracking === undefined ? [] : [tracking];
}

function readSteps(reading: ScalingReading, policy: Resource, warmupSeconds: number) {
  const properties = policy.properties as TemplateValue;
  if (field(properties, 'Cooldown') !== undefined) reading.ignore(`${policy.id} Cooldown: step scaling of a group has a warm-up instead`);
  return readStepScaling(reading, policy, properties, { property: 'EstimatedInstanceWarmup', defaultSeconds: warmupSeconds });
}
