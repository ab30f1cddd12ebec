import { throwIfAny } from '../../src/parse/input-error';
import type { ParsedPlan } from '../../src/plan/service-plan';
import { readServicePlan } from '../../src/plan/template/read-plan';
import { Template } from '../../src/plan/template/template';
import { TemplateNumbers } from '../../src/plan/template/template-attributes';
import { type AwsObject, type AwsValue, list, structure, structures, text } from '../front/aws-call';
import { arnIn, type DescribedResources } from './described-resources';
import type { LiveTraffic, TargetGroupPart } from './live-traffic';
import { type ServiceRecord, type TaskDefinitionRecord, targetGroupArnsOf } from './service-records';

const SERVICE_ID = 'Service';
const TASK_DEFINITION_ID = 'TaskDefinition';
const TARGET_ID = 'ScalableTarget';
const UNUSED_TARGET_GROUP_ID = 'UnusedTargetGroup';
const HTTP_PORT = 80;

/**
 * Reads the plan of a service from the resources that exist: they are written as a CloudFormation template would declare them, so that what
 * is forecast, rehearsed and emulated is read by one reader.
 *
 * @throws InputError if the resources make no plan, such as without a target group.
 */
export function planOfService(
  record: ServiceRecord,
  taskDefinition: TaskDefinitionRecord,
  described: DescribedResources,
  desiredCount: number,
): ParsedPlan {
  const resources = resourcesOf(record, taskDefinition, described, desiredCount);
  const template = Template.parse(JSON.stringify({ Resources: resources }), record.name);
  const numbers = new TemplateNumbers(template);
  const [service] = template.resourcesOfType('AWS::ECS::Service');
  const parsed = readServicePlan(template, numbers, service!);
  throwIfAny(numbers.errors);
  return parsed;
}

type Resources = Record<string, { readonly Type: string; readonly Properties: AwsValue }>;

function resourcesOf(
  record: ServiceRecord,
  taskDefinition: TaskDefinitionRecord,
  described: DescribedResources,
  desiredCount: number,
): Resources {
  const ids = idsOf(record, described);
  const resources: Resources = {
    [SERVICE_ID]: {
      Type: 'AWS::ECS::Service',
      Properties: withReferences(
        {
          ...structure(capitalized(record.settings)),
          ServiceName: record.name,
          TaskDefinition: { Ref: TASK_DEFINITION_ID },
          DesiredCount: desiredCount,
        },
        ids,
      ),
    },
    [TASK_DEFINITION_ID]: { Type: 'AWS::ECS::TaskDefinition', Properties: capitalized(taskDefinition.settings) },
  };
  if (targetGroupArnsOf(record).length === 0) addUnusedTargetGroup(resources, record, taskDefinition);
  addLoadBalancing(resources, described, ids);
  addScaling(resources, record, described, ids);
  return resources;
}

/** A service without a load balancer has a plan all the same. No task is registered with this target group. */
function addUnusedTargetGroup(resources: Resources, record: ServiceRecord, { settings }: TaskDefinitionRecord): void {
  const [container] = structures(settings.containerDefinitions);
  const [mapping] = structures(container?.portMappings);
  const LoadBalancers = [
    { ContainerName: container?.name, ContainerPort: mapping?.containerPort ?? HTTP_PORT, TargetGroupArn: { Ref: UNUSED_TARGET_GROUP_ID } },
  ];
  const { Type, Properties } = resources[SERVICE_ID]!;
  resources[SERVICE_ID] = { Type, Properties: { ...structure(Properties), ServiceName: record.name, LoadBalancers } };
  resources[UNUSED_TARGET_GROUP_ID] = { Type: 'AWS::ElasticLoadBalancingV2::TargetGroup', Properties: {} };
}

/** The logical IDs of the resources that others refer to, by their ARNs. */
function idsOf(
  record: ServiceRecord,
  { loadBalancers, targetGroups, listeners, scalingPolicies }: DescribedResources,
): ReadonlyMap<string, string> {
  const ofService = targetGroupArnsOf(record);
  const groups = targetGroups.map(({ described }) => arnIn(described, 'TargetGroup')).filter((arn) => ofService.includes(arn));
  return new Map([
    ...groups.map((arn) => [arn, `TargetGroup${ofService.indexOf(arn)}`] as const),
    ...loadBalancers.map(({ described }, index) => [arnIn(described, 'LoadBalancer'), `LoadBalancer${index}`] as const),
    ...listeners.map(({ described }, index) => [arnIn(described, 'Listener'), `Listener${index}`] as const),
    ...scalingPolicies.map(({ PolicyARN }, index) => [String(PolicyARN), `ScalingPolicy${index}`] as const),
  ]);
}

function addLoadBalancing(
  resources: Resources,
  { loadBalancers, targetGroups, listeners }: DescribedResources,
  ids: ReadonlyMap<string, string>,
): void {
  const add = (arn: string, type: string, properties: AwsValue): void => {
    const id = ids.get(arn);
    if (id !== undefined)
      resources[id] = { Type: `AWS::ElasticLoadBalancingV2::${type}`, Properties: withReferences(properties, ids, arn) };
  };
  for (const { described, attributes } of targetGroups)
    add(arnIn(described, 'TargetGroup'), 'TargetGroup', { ...described, TargetGroupAttributes: attributes });
  for (const { described, attributes } of loadBalancers)
    add(arnIn(described, 'LoadBalancer'), 'LoadBalancer', { ...described, LoadBalancerAttributes: attributes });
  for (const { described, rules } of listeners) {
    const listenerArn = arnIn(described, 'Listener');
    add(listenerArn, 'Listener', described);
    for (const [index, rule] of rules.entries()) {
      if (text(rule.IsDefault) === 'true') continue;
      const properties = withReferences({ ...rule, ListenerArn: listenerArn }, ids);
      resources[`${ids.get(listenerArn)}Rule${index}`] = { Type: 'AWS::ElasticLoadBalancingV2::ListenerRule', Properties: properties };
    }
  }
}

function addScaling(resources: Resources, record: ServiceRecord, described: DescribedResources, ids: ReadonlyMap<string, string>): void {
  const resourceId = resourceIdOf(record);
  const ofService = ({ ResourceId }: AwsObject): boolean => ResourceId === resourceId;
  const target = described.scalableTargets.find(ofService);
  if (target === undefined) return;
  const ScheduledActions = described.scheduledActions.filter(ofService);
  resources[TARGET_ID] = { Type: 'AWS::ApplicationAutoScaling::ScalableTarget', Properties: { ...target, ScheduledActions } };
  for (const policy of described.scalingPolicies.filter(ofService)) {
    const id = ids.get(String(policy.PolicyARN))!;
    resources[id] = { Type: 'AWS::ApplicationAutoScaling::ScalingPolicy', Properties: { ...policy, ScalingTargetId: { Ref: TARGET_ID } } };
  }
  for (const [index, alarm] of described.alarms.filter((each) => each.AlarmRule === undefined && !isOfTargetTracking(each)).entries()) {
    resources[`Alarm${index}`] = { Type: 'AWS::CloudWatch::Alarm', Properties: withReferences(alarm, ids) };
  }
}

/** The resource ID of a service in Application Auto Scaling. */
export function resourceIdOf({ clusterName, name }: Pick<ServiceRecord, 'clusterName' | 'name'>): string {
  return `service/${clusterName}/${name}`;
}

/** Whether Application Auto Scaling has created an alarm for a target-tracking policy. */
export function isOfTargetTracking({ AlarmName }: AwsObject): boolean {
  return String(AlarmName).startsWith('TargetTracking-');
}

/** The members of the API of ECS begin with a small letter, those of CloudFormation with a capital one. */
function capitalized(value: AwsValue): AwsValue {
  if (Array.isArray(value)) return list(value).map(capitalized);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  const entries = Object.entries(structure(value)).filter(([, inner]) => inner !== undefined && inner !== null);
  return Object.fromEntries(entries.map(([name, inner]) => [name.charAt(0).toUpperCase() + name.slice(1), capitalized(inner)]));
}

/** Replaces each ARN by a reference to its resource, except in the resource itself. */
function withReferences(value: AwsValue, ids: ReadonlyMap<string, string>, own?: string): AwsValue {
  if (typeof value === 'string') return value !== own && ids.has(value) ? { Ref: ids.get(value) } : value;
  if (Array.isArray(value)) return list(value).map((item) => withReferences(item, ids, own));
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(structure(value)).map(([name, inner]) => [name, withReferences(inner, ids, own)]));
}

/** The alarms of the policies of a service that the control plane names, by the name of their policy. */
export function policyAlarmNames(record: ServiceRecord, { scalingPolicies }: DescribedResources): ReadonlyMap<string, readonly string[]> {
  const policies = scalingPolicies.filter(({ ResourceId }) => ResourceId === resourceIdOf(record));
  return new Map(
    policies.map(({ PolicyName, Alarms }) => [String(PolicyName), structures(Alarms).map(({ AlarmName }) => String(AlarmName))]),
  );
}

/**
 * The target groups whose requests a policy of target tracking names by its resource label: of a service whose deployments shift traffic between
 * two, it does not see the requests of the others. Undefined for a service with one target group, or without such a policy.
 */
export function scaledPartOf(
  { record, traffic }: { readonly record: ServiceRecord; readonly traffic: LiveTraffic },
  { scalingPolicies }: DescribedResources,
): TargetGroupPart | undefined {
  const groups = targetGroupArnsOf(record);
  if (!traffic.hasAlternate) return undefined;
  for (const { ResourceId, TargetTrackingScalingPolicyConfiguration } of scalingPolicies) {
    const { ResourceLabel } = structure(structure(TargetTrackingScalingPolicyConfiguration).PredefinedMetricSpecification);
    const named = groups.find((arn) => text(ResourceLabel)?.endsWith(arn.split(':').at(-1)!) === true);
    if (ResourceId === resourceIdOf(record) && named !== undefined) return traffic.partOfTargetGroup(named);
  }
  return undefined;
}
