import { AWS_DEFAULTS } from '../default-plan';
import { InvalidInput } from '../invalid-input';
import { type ScalingPolicy, scalesAtAll, scalingPolicy } from '../policy';
import { field, type Resource, type Template, type TemplateValue } from '../template';
import type { TemplateNumbers } from '../template-numbers';
import { readScheduledActions } from './read-scheduled-actions';
import { readStepScaling } from './read-step-scaling';
import { readTargetTracking } from './read-target-tracking';
import { ScalingReading } from './scaling-reading';

/** The scaling rules of a service, and in words what they leave out. */
export interface ReadScaling {
  readonly policy: ScalingPolicy;
  readonly ignored: readonly string[];
}

const COOLDOWNS = { scaleOutSeconds: AWS_DEFAULTS.cooldownSeconds, scaleInSeconds: AWS_DEFAULTS.cooldownSeconds };

/**
 * Reads the scaling rules that a template gives to one ECS service.
 *
 * @throws InvalidInput where the service does not scale, or by nothing that can be followed.
 */
export function readScaling(template: Template, numbers: TemplateNumbers, service: Resource): ReadScaling {
  const reading = new ScalingReading(template, numbers, service);
  const target = template
    .ofType('AWS::ApplicationAutoScaling::ScalableTarget')
    .find((candidate) => isOf(reading, candidate.properties.ResourceId));
  if (target === undefined) {
    throw new InvalidInput([`${service.id} must have an AWS::ApplicationAutoScaling::ScalableTarget, got none: it does not scale`]);
  }
  const policies = template
    .ofType('AWS::ApplicationAutoScaling::ScalingPolicy')
    .filter(
      ({ properties }) =>
        template.referredTo(properties.ScalingTargetId, target.type)?.id === target.id || isOf(reading, properties.ResourceId),
    );
  const policy = scalingPolicy({
    minCapacity: numbers.required(target, 'MinCapacity'),
    maxCapacity: numbers.required(target, 'MaxCapacity'),
    targetTracking: policies.filter(isTargetTracking).flatMap((each) => readTracking(reading, each)),
    stepScaling: policies.filter(isStepScaling).flatMap((each) => readStepScaling(reading, each, stepsOf(each))),
    scheduledActions: readScheduledActions(reading, target),
    isPredictive: policies.filter((each) => isPredictive(reading, each)).length > 0,
    suspended: readSuspended(reading, target),
  });
  for (const { id } of policies.filter((each) => kindOf(each) === 'unknown')) reading.ignore(`${id}: this kind of policy is not followed`);
  refuseNothing(policy, reading);
  return { policy, ignored: reading.ignored };
}

/** Throws where nothing is left that could scale, with the names of what could not be followed. */
export function refuseNothing(policy: ScalingPolicy, reading: ScalingReading): void {
  if (scalesAtAll(policy)) return;
  const ignored = reading.ignored.length === 0 ? 'none' : `none\n${reading.ignored.join('\n')}`;
  throw new InvalidInput([`${reading.scaled.id} must have a scaling policy or a scheduled action that can be followed, got ${ignored}`]);
}

function readTracking(reading: ScalingReading, policy: Resource) {
  const tracking = readTargetTracking(reading, policy, trackingOf(policy), COOLDOWNS);
  return tracking === undefined ? [] : [tracking];
}

/** A resource id refers to its service, or ends with the service's name. */
function isOf({ template, scaled }: ScalingReading, resourceId: TemplateValue | undefined): boolean {
  const referred = template.referredTo(resourceId, scaled.type);
  if (referred !== undefined) return referred.id === scaled.id;
  const name = template.plain(scaled.properties.ServiceName);
  const written = template.plain(resourceId) ?? template.plain(field(resourceId, 'Fn::Sub'));
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

/** A predictive policy that only forecasts changes nothing. */
function isPredictive(reading: ScalingReading, policy: Resource): boolean {
  if (kindOf(policy) !== 'predictive') return false;
  const mode = reading.text(field(policy.properties.PredictiveScalingPolicyConfiguration, 'Mode')) ?? 'ForecastOnly';
  const acts = mode === 'ForecastAndScale';
  reading.ignore(
    acts
      ? `${policy.id} (PredictiveScaling): what AWS will forecast is not known; a scenario gives the minimums that it would set`
      : `${policy.id} (PredictiveScaling) Mode ${mode}: it forecasts and does not scale`,
  );
  return acts;
}

function readSuspended(reading: ScalingReading, target: Resource): ScalingPolicy['suspended'] {
  const state = target.properties.SuspendedState;
  return {
    scaleIn: reading.isTrue(field(state, 'DynamicScalingInSuspended')),
    scaleOut: reading.isTrue(field(state, 'DynamicScalingOutSuspended')),
    schedules: reading.isTrue(field(state, 'ScheduledScalingSuspended')),
  };
}
