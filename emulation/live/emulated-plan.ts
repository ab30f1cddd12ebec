import { throwIfAny } from '../../src/parse/input-error';
import { describedTemplate } from '../../src/plan/described/described-template';
import { type DescribedService, scaledResourceId } from '../../src/plan/described/service-description';
import type { ParsedPlan } from '../../src/plan/service-plan';
import { readServicePlan } from '../../src/plan/template/read-plan';
import { Template } from '../../src/plan/template/template';
import { TemplateNumbers } from '../../src/plan/template/template-attributes';
import { type AwsObject, structure, structures, text } from '../front/aws-call';
import type { DescribedResources } from './described-resources';
import type { LiveTraffic, TargetGroupPart } from './live-traffic';
import { type ServiceRecord, type TaskDefinitionRecord, targetGroupArnsOf } from './service-records';

const HTTP_PORT = 80;

/** A service without a load balancer has a plan all the same. No task is registered with this target group. */
const UNUSED_TARGET_GROUP = 'targetgroup/unused/0';

/**
 * Reads the plan of a service from the resources that exist.
 *
 * @throws InputError if the resources make no plan.
 */
export function planOfService(
  record: ServiceRecord,
  taskDefinition: TaskDefinitionRecord,
  described: DescribedResources,
  desiredCount: number,
): ParsedPlan {
  const template = Template.of(describedTemplate(describedService(record, taskDefinition, described, desiredCount)), record.name);
  const numbers = new TemplateNumbers(template);
  const [service] = template.resourcesOfType('AWS::ECS::Service');
  const parsed = readServicePlan(template, numbers, service!);
  throwIfAny(numbers.errors);
  return parsed;
}

function describedService(
  record: ServiceRecord,
  { family, settings }: TaskDefinitionRecord,
  described: DescribedResources,
  desiredCount: number,
): DescribedService {
  const arns = targetGroupArnsOf(record);
  const targetGroups =
    arns.length === 0
      ? [{ described: { TargetGroupArn: UNUSED_TARGET_GROUP }, attributes: [] }]
      : described.targetGroups.filter((each) => arns.includes(String(each.described.TargetGroupArn)));
  const loadBalancers = arns.length === 0 ? [unusedLoadBalancer(settings)] : record.settings.loadBalancers;
  return plain({
    ...described,
    // composite alarms have no metric.
    alarms: described.alarms.filter(({ AlarmRule }) => AlarmRule === undefined),
    targetGroups,
    clusterName: record.clusterName,
    service: { ...record.settings, loadBalancers, serviceName: record.name, desiredCount },
    taskDefinition: { ...settings, family },
  }) as DescribedService;
}

function unusedLoadBalancer({ containerDefinitions }: AwsObject): AwsObject {
  const [container] = structures(containerDefinitions);
  const [mapping] = structures(container?.portMappings);
  return { containerName: container?.name, containerPort: mapping?.containerPort ?? HTTP_PORT, targetGroupArn: UNUSED_TARGET_GROUP };
}

/** A description as JSON has it: timestamps are text. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

/** The resource ID of a service in Application Auto Scaling. */
export function resourceIdOf({ clusterName, name }: Pick<ServiceRecord, 'clusterName' | 'name'>): string {
  return scaledResourceId(clusterName, name);
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
