import { AWS_DEFAULTS } from '../default-plan';
import type { AdjustmentType, SimpleScaling, Step, StepScaling } from '../step-scaling';
import { field, items, type Resource, type TemplateValue } from '../template';
import { type ReadAlarm, readAlarms } from './read-alarms';
import type { ScalingReading } from './scaling-reading';

const ADJUSTMENT_TYPES: readonly string[] = ['ChangeInCapacity', 'PercentChangeInCapacity', 'ExactCapacity'] satisfies AdjustmentType[];

/**
 * Reads a step-scaling policy, once for each alarm that sets it off.
 *
 * @param cooldown the property that paces it, and what is assumed where it is not there.
 */
export function readStepScaling(
  reading: ScalingReading,
  policy: Resource,
  configuration: TemplateValue | undefined,
  cooldown: { readonly property: string; readonly defaultSeconds: number } = {
    property: 'Cooldown',
    defaultSeconds: AWS_DEFAULTS.cooldownSeconds,
  },
): StepScaling[] {
  const shared = readShared(reading, policy, configuration);
  if (shared === undefined) return [];
  const { property, defaultSeconds } = cooldown;
  const cooldownSeconds = reading.numbers.of(`${policy.id} ${property}`, field(configuration, property) ?? defaultSeconds);
  return readAlarms(reading, policy).map(({ scale, ...alarm }) => ({
    ...shared,
    ...alarm,
    steps: items(field(configuration, 'StepAdjustments')).map((step) => readStep(reading, policy, step, scale)),
    cooldownSeconds,
  }));
}

/** Reads a simple-scaling policy of an EC2 auto scaling group, once for each alarm that sets it off. */
export function readSimpleScaling(reading: ScalingReading, policy: Resource, groupCooldownSeconds: number): SimpleScaling[] {
  const properties = policy.properties as TemplateValue;
  const shared = readShared(reading, policy, properties);
  if (shared === undefined) return [];
  const adjustment = reading.numbers.of(`${policy.id} ScalingAdjustment`, field(properties, 'ScalingAdjustment'));
  const cooldownSeconds = reading.numbers.of(`${policy.id} Cooldown`, field(properties, 'Cooldown') ?? groupCooldownSeconds);
  return readAlarms(reading, policy).map(({ scale: _, ...alarm }: ReadAlarm) => ({ ...shared, ...alarm, adjustment, cooldownSeconds }));
}

function readShared(reading: ScalingReading, policy: Resource, configuration: TemplateValue | undefined) {
  const adjustmentType = reading.text(field(configuration, 'AdjustmentType')) ?? 'nothing';
  if (!ADJUSTMENT_TYPES.includes(adjustmentType)) {
    reading.ignore(`${policy.id} AdjustmentType ${adjustmentType}: this kind of adjustment is not followed`);
    return undefined;
  }
  const minAdjustmentMagnitude = reading.maybe(`${policy.id} MinAdjustmentMagnitude`, field(configuration, 'MinAdjustmentMagnitude'));
  return {
    name: reading.text(policy.properties.PolicyName) ?? policy.id,
    adjustmentType: adjustmentType as AdjustmentType,
    ...(minAdjustmentMagnitude === undefined ? {} : { minAdjustmentMagnitude }),
  };
}

function readStep(reading: ScalingReading, policy: Resource, step: TemplateValue, scale: number): Step {
  const bound = (name: string): number | undefined => {
    const value = reading.maybe(`${policy.id} ${name}`, field(step, name));
    return value === undefined ? undefined : value / scale;
  };
  const lowerBound = bound('MetricIntervalLowerBound');
  const upperBound = bound('MetricIntervalUpperBound');
  return {
    ...(lowerBound === undefined ? {} : { lowerBound }),
    ...(upperBound === undefined ? {} : { upperBound }),
    adjustment: reading.numbers.of(`${policy.id} ScalingAdjustment`, field(step, 'ScalingAdjustment')),
  };
}
