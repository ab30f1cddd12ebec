import type { AwsObject } from '../../emulation/front/aws-call';
import type { DescribedResources } from '../../emulation/live/described-resources';
import type { AwsCalls, WithAttributes } from './aws-calls';
import type { ServiceName } from './service-name';

/** What a recording has of the resources of a service, as AWS describes them: the content of `resources.json`. */
export interface RecordedResources extends DescribedResources {
  /** The service, without what is not recorded. */
  readonly service: AwsObject;
  readonly taskDefinition: AwsObject;
}

/** The members of a service that are recorded: those that its plan is read from, its deployments, and its last events. */
const SERVICE_MEMBERS = [
  'availabilityZoneRebalancing',
  'capacityProviderStrategy',
  'clusterArn',
  'createdAt',
  'deploymentConfiguration',
  'deploymentController',
  'desiredCount',
  'healthCheckGracePeriodSeconds',
  'launchType',
  'loadBalancers',
  'networkConfiguration',
  'placementConstraints',
  'placementStrategy',
  'platformVersion',
  'schedulingStrategy',
  'serviceArn',
  'serviceName',
  'taskDefinition',
] as const;

const DEPLOYMENT_MEMBERS = ['id', 'status', 'taskDefinition', 'createdAt', 'updatedAt', 'rolloutState'] as const;

const TASK_DEFINITION_MEMBERS = [
  'cpu',
  'ephemeralStorage',
  'family',
  'memory',
  'networkMode',
  'requiresCompatibilities',
  'runtimePlatform',
  'taskDefinitionArn',
] as const;

/** Of a container only this is recorded: no environment, secrets, commands, log options or labels, which may hold secrets. */
const CONTAINER_MEMBERS = [
  'cpu',
  'dependsOn',
  'essential',
  'image',
  'memory',
  'memoryReservation',
  'name',
  'portMappings',
  'startTimeout',
  'stopTimeout',
] as const;

const CONTAINER_HEALTH_CHECK_MEMBERS = ['interval', 'timeout', 'retries', 'startPeriod'] as const;

/** In place of the command of a health check. */
const NOT_RECORDED = ['CMD', 'not recorded'];

/** A service that was found, with its target groups. */
export interface FoundService {
  readonly service: AwsObject;
  readonly targetGroupArns: readonly string[];
}

/** Reads a service; undefined if there is none. */
export async function findService(calls: AwsCalls, { cluster, name }: ServiceName): Promise<FoundService | undefined> {
  const service = plain(await calls.service(cluster, name));
  if (service === undefined) return undefined;
  const balancers = objects(service['loadBalancers']);
  const arns = balancers.flatMap(({ targetGroupArn, advancedConfiguration }) => [
    targetGroupArn,
    (advancedConfiguration as AwsObject | undefined)?.['alternateTargetGroupArn'],
  ]);
  return { service, targetGroupArns: arns.filter((arn) => typeof arn === 'string') };
}

/** Reads all that the plan of a service is read from. */
export async function readResources(calls: AwsCalls, { service, targetGroupArns }: FoundService): Promise<RecordedResources> {
  const resourceId = resourceIdOf(service);
  const [taskDefinition, targetGroups, scalableTargets, scalingPolicies, scheduledActions] = await Promise.all([
    calls.taskDefinition(String(service['taskDefinition'])),
    calls.targetGroups(targetGroupArns),
    calls.scalableTargets(resourceId),
    calls.scalingPolicies(resourceId),
    calls.scheduledActions(resourceId),
  ]);
  const balancerArns = [
    ...new Set(targetGroups.flatMap(({ described }) => (described as { LoadBalancerArns?: string[] }).LoadBalancerArns ?? [])),
  ];
  const alarmNames = [
    ...scalingPolicies.flatMap(({ Alarms = [] }) => Alarms.map(({ AlarmName }) => AlarmName!)),
    ...rollbackAlarmNames(service),
  ];
  const [loadBalancers, listeners, alarms] = await Promise.all([
    calls.loadBalancers(balancerArns),
    Promise.all(balancerArns.map((arn) => calls.listeners(arn))),
    calls.alarms([...new Set(alarmNames)]),
  ]);
  return {
    service: serviceToRecord(service),
    taskDefinition: taskDefinitionToRecord(plain(taskDefinition) ?? {}),
    targetGroups: targetGroups.map(plainWithAttributes),
    loadBalancers: loadBalancers.map(plainWithAttributes),
    listeners: plain(listeners.flat()) as unknown as DescribedResources['listeners'],
    scalableTargets: plain(scalableTargets) as unknown as AwsObject[],
    scalingPolicies: plain(scalingPolicies) as unknown as AwsObject[],
    scheduledActions: plain(scheduledActions) as unknown as AwsObject[],
    alarms: plain(alarms) as unknown as AwsObject[],
  };
}

/** The resource ID of a service in Application Auto Scaling. */
export function resourceIdOf(service: AwsObject): string {
  return `service/${String(service['clusterArn']).split('/').at(-1)}/${String(service['serviceName'])}`;
}

function rollbackAlarmNames(service: AwsObject): string[] {
  const { alarms } = (service['deploymentConfiguration'] ?? {}) as { alarms?: { alarmNames?: string[] } };
  return alarms?.alarmNames ?? [];
}

function serviceToRecord(service: AwsObject): AwsObject {
  return {
    ...picked(service, SERVICE_MEMBERS),
    deployments: objects(service['deployments']).map((each) => picked(each, DEPLOYMENT_MEMBERS)),
  };
}

function taskDefinitionToRecord(taskDefinition: AwsObject): AwsObject {
  const containers = objects(taskDefinition['containerDefinitions']).map((container) => {
    const healthCheck = container['healthCheck'] as AwsObject | undefined;
    const isOff = objectsOrTexts(healthCheck?.['command'])[0] === 'NONE';
    return {
      ...picked(container, CONTAINER_MEMBERS),
      ...(healthCheck && !isOff && { healthCheck: { ...picked(healthCheck, CONTAINER_HEALTH_CHECK_MEMBERS), command: NOT_RECORDED } }),
    };
  });
  return { ...picked(taskDefinition, TASK_DEFINITION_MEMBERS), containerDefinitions: containers };
}

function picked(object: AwsObject, names: readonly string[]): AwsObject {
  return Object.fromEntries(names.flatMap((name) => (object[name] === undefined ? [] : [[name, object[name]]])));
}

function plainWithAttributes({ described, attributes }: WithAttributes): DescribedResources['targetGroups'][number] {
  return { described: plain(described) ?? {}, attributes: (plain(attributes) ?? []) as unknown as AwsObject[] };
}

/** An output of the SDK as JSON: dates become texts. */
function plain(value: object | undefined): AwsObject | undefined {
  return value === undefined ? undefined : (JSON.parse(JSON.stringify(value)) as AwsObject);
}

function objects(value: unknown): readonly AwsObject[] {
  return Array.isArray(value) ? (value as AwsObject[]) : [];
}

function objectsOrTexts(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
