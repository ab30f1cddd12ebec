import { InputError } from '../../src/parse/input-error';
import {
  type DescribedListener,
  type DescribedService,
  type DescribedWithAttributes,
  isOfTargetTracking,
  scaledResourceId,
} from '../../src/plan/described/service-description';
import { asObject, field, items, type Section } from '../../src/plan/template/template-value';
import { NotFoundError } from './aws-call-error';
import type { AwsCalls } from './aws-calls';
import { describeAll } from './described-pages';
import type { ServiceAddress } from './service-address';
import { serviceNotFound } from './service-not-found';

/** `DescribeAlarms` accepts 100 names. */
const MAX_ALARM_NAMES = 100;

const NAMESPACE = { ServiceNamespace: 'ecs' } as const;

/**
 * Reads a service and the resources that its scaling depends on.
 *
 * @throws InputError if there is no such service, or a call fails.
 */
export async function describeService(calls: AwsCalls, address: ServiceAddress): Promise<DescribedService> {
  const service = await currentService(calls, address);
  const { clusterName } = address;
  const resourceId = scaledResourceId(clusterName, address.name);
  const [taskDefinition, [cluster], scalableTargets, scalingPolicies, scheduledActions, balancing] = await Promise.all([
    calls.call('ecs:DescribeTaskDefinition', { taskDefinition: service.taskDefinition }),
    describeAll(calls, 'ecs:DescribeClusters', { clusters: [clusterName], include: ['SETTINGS'] }, 'clusters'),
    describeAll(
      calls,
      'application-autoscaling:DescribeScalableTargets',
      { ...NAMESPACE, ResourceIds: [resourceId], ScalableDimension: 'ecs:service:DesiredCount' },
      'ScalableTargets',
    ),
    describeAll(calls, 'application-autoscaling:DescribeScalingPolicies', { ...NAMESPACE, ResourceId: resourceId }, 'ScalingPolicies'),
    describeAll(calls, 'application-autoscaling:DescribeScheduledActions', { ...NAMESPACE, ResourceId: resourceId }, 'ScheduledActions'),
    describeLoadBalancing(calls, targetGroupArns(service)),
  ]);
  return {
    clusterName,
    service,
    taskDefinition: withoutEnvironment(asObject(taskDefinition.taskDefinition)),
    ...(cluster !== undefined && { cluster }),
    ...balancing,
    scalableTargets,
    scalingPolicies,
    scheduledActions,
    alarms: await describeAlarms(calls, service, scalingPolicies),
  };
}

function withoutEnvironment(taskDefinition: Section): Section {
  const containerDefinitions = items(taskDefinition.containerDefinitions).map((container) => {
    const { environment: _, ...others } = asObject(container);
    return others;
  });
  return { ...taskDefinition, containerDefinitions };
}

/** The service with what its primary deployment has: a task set of CodeDeploy, and the members that only a revision has. */
async function currentService(calls: AwsCalls, address: ServiceAddress): Promise<Section> {
  const service = await findService(calls, address);
  const taskSet = items(service.taskSets).find((each) => field(each, 'status') === 'PRIMARY');
  const { taskDefinition, loadBalancers, networkConfiguration, launchType, capacityProviderStrategy } = asObject(taskSet);
  const ofTaskSet = { taskDefinition, loadBalancers, networkConfiguration, launchType, capacityProviderStrategy };
  const revisionArn = field(items(service.currentServiceRevisions)[0], 'arn');
  const [revision] =
    revisionArn === undefined
      ? []
      : await describeAll(calls, 'ecs:DescribeServiceRevisions', { serviceRevisionArns: [revisionArn] }, 'serviceRevisions');
  const { monitoring, gatewayConnectors, serviceConnectConfiguration, volumeConfigurations, vpcLatticeConfigurations } = asObject(revision);
  const ofRevision = { monitoring, gatewayConnectors, serviceConnectConfiguration, volumeConfigurations, vpcLatticeConfigurations };
  return { ...service, ...known(ofTaskSet), ...known(ofRevision) };
}

function known(members: Readonly<Record<string, Section[string] | undefined>>): Section {
  return Object.fromEntries(
    Object.entries(members).filter((entry): entry is [string, Section[string]] => entry[1] !== undefined && !isEmptyList(entry[1])),
  );
}

function isEmptyList(value: Section[string]): boolean {
  return Array.isArray(value) && value.length === 0;
}

async function findService(calls: AwsCalls, address: ServiceAddress): Promise<Section> {
  const { clusterName, name } = address;
  try {
    const output = await calls.call('ecs:DescribeServices', { cluster: clusterName, services: [name] });
    const service = items(output.services).find((each) => field(each, 'status') !== 'INACTIVE');
    if (service !== undefined) return asObject(service);
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
  }
  throw new InputError([await serviceNotFound(calls, address)]);
}

/** The target groups of a service: with a deployment that shifts traffic, also the one that is idle. */
function targetGroupArns(service: Section): readonly string[] {
  const arns = items(service.loadBalancers).flatMap((balancer) => [
    field(balancer, 'targetGroupArn'),
    field(field(balancer, 'advancedConfiguration'), 'alternateTargetGroupArn'),
  ]);
  return [...new Set(arns.filter((arn) => typeof arn === 'string'))];
}

type LoadBalancing = Pick<DescribedService, 'targetGroups' | 'loadBalancers' | 'listeners'>;

async function describeLoadBalancing(calls: AwsCalls, arns: readonly string[]): Promise<LoadBalancing> {
  if (arns.length === 0) return { targetGroups: [], loadBalancers: [], listeners: [] };
  const targetGroups = await describeAll(calls, 'elasticloadbalancing:DescribeTargetGroups', { TargetGroupArns: arns }, 'TargetGroups');
  const balancerArns = [...new Set(targetGroups.flatMap(({ LoadBalancerArns }) => items(LoadBalancerArns).map(String)))];
  const loadBalancers =
    balancerArns.length === 0
      ? []
      : await describeAll(calls, 'elasticloadbalancing:DescribeLoadBalancers', { LoadBalancerArns: balancerArns }, 'LoadBalancers');
  const [withTargetAttributes, withBalancerAttributes, listeners] = await Promise.all([
    Promise.all(targetGroups.map((described) => withAttributes(calls, described, 'TargetGroup'))),
    Promise.all(loadBalancers.map((described) => withAttributes(calls, described, 'LoadBalancer'))),
    Promise.all(balancerArns.map((arn) => describeListeners(calls, arn, arns))),
  ]);
  return { targetGroups: withTargetAttributes, loadBalancers: withBalancerAttributes, listeners: listeners.flat() };
}

async function withAttributes(calls: AwsCalls, described: Section, kind: 'TargetGroup' | 'LoadBalancer'): Promise<DescribedWithAttributes> {
  const input = { [`${kind}Arn`]: described[`${kind}Arn`] };
  return { described, attributes: await describeAll(calls, `elasticloadbalancing:Describe${kind}Attributes`, input, 'Attributes') };
}

/** The listeners of a load balancer, with those rules that forward to a target group of the service: a shared one may have a hundred others. */
async function describeListeners(calls: AwsCalls, LoadBalancerArn: string, arns: readonly string[]): Promise<readonly DescribedListener[]> {
  const listeners = await describeAll(calls, 'elasticloadbalancing:DescribeListeners', { LoadBalancerArn }, 'Listeners');
  return Promise.all(
    listeners.map(async (described) => {
      const { ListenerArn } = described;
      const rules = await describeAll(calls, 'elasticloadbalancing:DescribeRules', { ListenerArn }, 'Rules');
      return { described, rules: rules.filter((rule) => arns.some((arn) => JSON.stringify(rule).includes(arn))) };
    }),
  );
}

/** The alarms that start policies or roll deployments back, by their names. Those of target tracking follow from the policies. */
async function describeAlarms(calls: AwsCalls, service: Section, policies: readonly Section[]): Promise<readonly Section[]> {
  const ofPolicies = policies.flatMap(({ Alarms }) => items(Alarms).map((alarm) => String(field(alarm, 'AlarmName'))));
  const ofDeployments = items(field(field(service.deploymentConfiguration, 'alarms'), 'alarmNames')).map(String);
  const names = [...new Set([...ofPolicies, ...ofDeployments])].filter((name) => !isOfTargetTracking(name));
  const pages = Array.from({ length: Math.ceil(names.length / MAX_ALARM_NAMES) }, (_, index) =>
    names.slice(index * MAX_ALARM_NAMES, (index + 1) * MAX_ALARM_NAMES),
  );
  const read = pages.map((AlarmNames) =>
    describeAll(calls, 'cloudwatch:DescribeAlarms', { AlarmNames, AlarmTypes: ['MetricAlarm'] }, 'MetricAlarms'),
  );
  return (await Promise.all(read)).flat();
}
