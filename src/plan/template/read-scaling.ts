import { isRequestCount, type ScalingMetric, unitOf } from '../../metrics/metric';
import { InputError } from '../../parse/input-error';
import { AWS_DEFAULTS } from '../default-plan';
import { hasScalingRule, type ScalingPolicy, scalingPolicy } from '../policy';
import { readScheduledActions } from './read-scheduled-actions';
import { readStepScaling } from './read-step-scaling';
import { readTargetTracking } from './read-target-tracking';
import type { Resource } from './resource';
import { matchResourceId } from './scaled-resource-id';
import { ScalingReader } from './scaling-reader';
import { isOfNetworkLoadBalancer, otherGroupText } from './service-kind';
import type { Template } from './template';
import type { TemplateNumbers } from './template-attributes';
import { field, items, type TemplateValue } from './template-value';

/** The scaling rules of a service. `ignored` has a text for each setting that is not modeled. */
export interface ParsedScaling {
  readonly policy: ScalingPolicy;
  readonly ignored: readonly string[];
  /** The metrics of the alarms of target-tracking policies that are ignored. */
  readonly ignoredAlarmMetrics: number;
  /** The scalable target, its policies, and the alarms that start them. */
  readonly resources: readonly Resource[];
}

const COOLDOWNS = { scaleOutSeconds: AWS_DEFAULTS.cooldownSeconds, scaleInSeconds: AWS_DEFAULTS.cooldownSeconds };

/**
 * Reads the scaling rules of an ECS service. One without a scalable target has a fixed count.
 *
 * @throws InputError if it cannot be read which service is scaled, or no scaling rule can be simulated.
 */
export function readScaling(template: Template, numbers: TemplateNumbers, service: Resource): ParsedScaling {
  const reader = new ScalingReader(template, numbers, service);
  const target = scalableTargetOf(reader);
  if (target === undefined) return fixedCount(reader);
  const policies = template
    .resourcesOfType('AWS::ApplicationAutoScaling::ScalingPolicy')
    .filter((policy) => isPolicyOf(reader, target, policy));
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
  if (policy.minCapacity === 0) {
    reader.ignore(`${target.id} MinCapacity 0: from 0 tasks no metric of tasks or targets scales out, only a scheduled action does`);
  }
  if (policies.length === 0 && policy.scheduledActions.length === 0) return fixedCount(reader, policy);
  const alarms = template.resourcesOfType('AWS::CloudWatch::Alarm').filter((alarm) => isAlarmOf(template, policies, alarm));
  for (const text of [...policies, ...alarms].flatMap((resource) => otherGroupText(template, service, resource))) reader.ignore(text);
  const followed = isOfNetworkLoadBalancer(template, targetGroupOf(template, service)) ? withoutRequests(policy, reader) : policy;
  throwIfNothingScales(followed, reader);
  const { ignored, ignoredAlarmMetrics } = reader;
  return { policy: followed, ignored, ignoredAlarmMetrics, resources: [target, ...policies, ...alarms] };
}

function isAlarmOf(template: Template, policies: readonly Resource[], { properties }: Resource): boolean {
  return policies.some(({ id, type }) => template.referencedResources(properties.AlarmActions, type).some((policy) => policy.id === id));
}

function targetGroupOf(template: Template, { properties }: Resource): Resource | undefined {
  const [balancer] = items(properties.LoadBalancers);
  return template.referencedResource(field(balancer, 'TargetGroupArn'), 'AWS::ElasticLoadBalancingV2::TargetGroup');
}

/** The policies that scale behind a Network Load Balancer, which counts no requests. */
function withoutRequests(policy: ScalingPolicy, reader: ScalingReader): ScalingPolicy {
  const hasMetric = ({ name, metric }: { readonly name: string; readonly metric: ScalingMetric }): boolean => {
    const isOfRequests = isRequestCount(metric) || unitOf(metric) === 'seconds';
    if (isOfRequests) reader.ignore(`${name} (${metric}): a Network Load Balancer has no such metric, so the policy never scales`);
    return !isOfRequests;
  };
  return { ...policy, targetTracking: policy.targetTracking.filter(hasMetric), stepScaling: policy.stepScaling.filter(hasMetric) };
}

/** The scalable target of the service; undefined if there is none. */
function scalableTargetOf({ template, scaled }: ScalingReader): Resource | undefined {
  const targets = template
    .resourcesOfType('AWS::ApplicationAutoScaling::ScalableTarget')
    .map((target) => ({ target, match: matchResourceId(template, scaled, target.properties.ResourceId) }));
  const own = targets.find(({ match }) => match === 'this');
  const unreadable = targets.find(({ match }) => match === 'unreadable');
  if (own !== undefined || unreadable === undefined) return own?.target;
  throw new InputError([
    `${unreadable.target.id} ResourceId must be service/CLUSTER/SERVICE with names that are known here, so it cannot be read whether it scales ${scaled.id}`,
  ]);
}

/** The policy refers to the target, or has the resource id of the service, by itself or as a part of the ID of the target. */
function isPolicyOf({ template, scaled }: ScalingReader, target: Resource, { properties }: Resource): boolean {
  const { ScalingTargetId: targetId, ResourceId: resourceId } = properties;
  if (template.referencedResource(targetId, target.type)?.id === target.id) return true;
  const ofTarget = template.resolvedText(targetId)?.split('|')[0];
  return [resourceId, ofTarget].some((id) => matchResourceId(template, scaled, id) === 'this');
}

/** A service without a scalable target, or whose target has no policy, keeps its desired count; the target only bounds it. */
function fixedCount(reader: ScalingReader, bounds = { minCapacity: 0, maxCapacity: Number.POSITIVE_INFINITY }): ParsedScaling {
  const { numbers, scaled } = reader;
  const desiredCount = numbers.optional(scaled, 'DesiredCount', AWS_DEFAULTS.desiredCount);
  const count = Math.min(bounds.maxCapacity, Math.max(bounds.minCapacity, desiredCount));
  reader.ignore(`${scaled.id}: nothing scales it, so its desired count of ${count} is fixed`);
  return {
    policy: scalingPolicy({ minCapacity: count, maxCapacity: count }),
    ignored: reader.ignored,
    ignoredAlarmMetrics: 0,
    resources: [],
  };
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
