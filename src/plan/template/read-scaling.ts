import { InputError } from '../../parse/input-error';
import { AWS_DEFAULTS } from '../default-plan';
import { hasScalingRule, type ScalingPolicy, scalingPolicy } from '../policy';
import { readScheduledActions } from './read-scheduled-actions';
import { readStepScaling } from './read-step-scaling';
import { readTargetTracking } from './read-target-tracking';
import { ScalingReader } from './scaling-reader';
import { field, type Resource, type Template, type TemplateValue } from './template';
import type { TemplateNumbers } from './template-attributes';

/** The scaling rules of a service. `ignored` has a text for each setting that is not modeled. */
export interface ParsedScaling {
  readonly policy: ScalingPolicy;
  readonly ignored: readonly string[];
  /** The metrics of the alarms of target-tracking policies that are ignored. */
  readonly ignoredAlarmMetrics: number;
}

const COOLDOWNS = { scaleOutSeconds: AWS_DEFAULTS.cooldownSeconds, scaleInSeconds: AWS_DEFAULTS.cooldownSeconds };

/**
 * Reads the scaling rules of an ECS service.
 *
 * @param fixedCount the number of tasks if it does not scale; without it, a service that does not scale is an error.
 * @throws InputError if the service does not scale, or no scaling rule can be simulated.
 */
export function readScaling(template: Template, numbers: TemplateNumbers, service: Resource, fixedCount?: number): ParsedScaling {
  const reader = new ScalingReader(template, numbers, service);
  const target = template
    .resourcesOfType('AWS::ApplicationAutoScaling::ScalableTarget')
    .find((candidate) => isServiceId(reader, candidate.properties.ResourceId));
  if (target === undefined) {
    if (fixedCount !== undefined) return withoutScaling(fixedCount);
    throw new InputError([`${service.id} has no AWS::ApplicationAutoScaling::ScalableTarget, so it does not scale`]);
  }
  const policies = template
    .resourcesOfType('AWS::ApplicationAutoScaling::ScalingPolicy')
    .filter(
      ({ properties }) =>
        template.referencedResource(properties.ScalingTargetId, target.type)?.id === target.id ||
        isServiceId(reader, properties.ResourceId),
    );
  const policy = scalingPolicy({
    minCapacity: numbers.required(target, 'MinCapacity'),
    maxCapacity: numbers.required(target, 'MaxCapacity'),
    targetTracking: policies.filter(isTargetTracking).flatMap((each) => readTracking(reader, each)),
    stepScaling: policies.filter(isStepScaling).flatMap((each) => readStepScaling(reader, each, stepsOf(each))),
    scheduledActions: readScheduledActions(reader, target),
    isPredictive: policies.filter((each) => isPredictive(reader, each)).length > 0,
    suspended: readSuspended(reader, target),
  });
  for (const { id } of policies.filter((each) => kindOf(each) === 'unknown')) reader.ignore(`${id}: this kind of policy is not simulated`);
  if (fixedCount === undefined) throwIfNothingScales(policy, reader);
  return { policy, ignored: reader.ignored, ignoredAlarmMetrics: reader.ignoredAlarmMetrics };
}

function withoutScaling(count: number): ParsedScaling {
  return { policy: scalingPolicy({ minCapacity: count, maxCapacity: count }), ignored: [], ignoredAlarmMetrics: 0 };
}

/** Throws if there is no rule to simulate, with the texts of those that are ignored. */
export function throwIfNothingScales(policy: ScalingPolicy, reader: ScalingReader): void {
  if (hasScalingRule(policy)) return;
  throw new InputError([
    [`${reader.scaled.id} has no scaling policy and no scheduled action that can be simulated`, ...reader.ignored].join('\n'),
  ]);
}

function readTracking(reader: ScalingReader, policy: Resource) {
  const tracking = readTargetTracking(reader, policy, trackingOf(policy), COOLDOWNS);
  return tracking === undefined ? [] : [tracking];
}

/** A resource id refers to the service, or ends with its name. */
function isServiceId({ template, scaled }: ScalingReader, resourceId: TemplateValue | undefined): boolean {
  const referred = template.referencedResource(resourceId, scaled.type);
  if (referred !== undefined) return referred.id === scaled.id;
  const name = template.resolvedText(scaled.properties.ServiceName);
  const written = template.resolvedText(resourceId) ?? template.resolvedText(field(resourceId, 'Fn::Sub'));
  return name === undefined ? false : written?.endsWith(`/${name}`) === true;
}

function trackingOf({ properties }: Resource): TemplateValue | undefined {
  return properties.TargetTrackingScalingPolicyConfiguration;
}

function stepsOf({ properties }: Resource): TemplateValue | undefined {
  return properties.StepScalingPolicyConfiguration;
}

function isTargetTracking(policy: Resource): boolean {
  return kindOf(policy) === 'target-tracking';
}

function isStepScaling(policy: Resource): boolean {
  return kindOf(policy) === 'step-scaling';
}

function kindOf(policy: Resource): 'target-tracking' | 'step-scaling' | 'predictive' | 'unknown' {
  if (trackingOf(policy) !== undefined) return 'target-tracking';
  if (stepsOf(policy) !== undefined) return 'step-scaling';
  return policy.properties.PredictiveScalingPolicyConfiguration === undefined ? 'unknown' : 'predictive';
}

/** A predictive policy in mode ForecastOnly does not scale. */
function isPredictive(reader: ScalingReader, policy: Resource): boolean {
  if (kindOf(policy) !== 'predictive') return false;
  const mode = reader.text(field(policy.properties.PredictiveScalingPolicyConfiguration, 'Mode')) ?? 'ForecastOnly';
  const isActive = mode === 'ForecastAndScale';
  reader.ignore(
    isActive
      ? `${policy.id} (PredictiveScaling): what AWS will forecast is not known; a scenario gives the minimums that it would set`
      : `${policy.id} (PredictiveScaling) Mode ${mode}: it forecasts and does not scale`,
  );
  return isActive;
}

function readSuspended(reader: ScalingReader, target: Resource): ScalingPolicy['suspended'] {
  const state = target.properties.SuspendedState;
  return {
    scaleIn: reader.isTrue(field(state, 'DynamicScalingInSuspended')),
    scaleOut: reader.isTrue(field(state, 'DynamicScalingOutSuspended')),
    schedules: reader.isTrue(field(state, 'ScheduledScalingSuspended')),
  };
}
