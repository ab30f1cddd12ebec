import { type AwsObject, structures, text } from '../front/aws-call';
import { desiredStatusOf, type TaskRecord } from './live-task-records';
import { arnOf } from './resource-names';

/** A task as `DescribeTasks` returns it. */
export function describeTask(record: TaskRecord): AwsObject {
  const { settings, arn: taskDefinitionArn } = record.taskDefinition;
  const { stopCode, stoppedReason } = record.stopReason ?? {};
  return {
    taskArn: record.arn,
    clusterArn: record.clusterArn,
    taskDefinitionArn,
    group: record.group,
    startedBy: record.startedBy,
    lastStatus: record.status,
    desiredStatus: desiredStatusOf(record),
    healthStatus: healthStatusOf(record),
    connectivity: record.startedAt === undefined ? undefined : 'CONNECTED',
    connectivityAt: record.startedAt,
    createdAt: record.createdAt,
    pullStartedAt: record.pullStartedAt,
    pullStoppedAt: record.startedAt,
    startedAt: record.startedAt,
    stoppingAt: record.stoppingAt,
    executionStoppedAt: record.exit === undefined ? undefined : record.stoppedAt,
    stoppedAt: record.stoppedAt,
    stopCode,
    stoppedReason,
    cpu: text(settings.cpu),
    memory: text(settings.memory),
    launchType: record.launchType,
    platformVersion: '1.4.0',
    platformFamily: 'Linux',
    availabilityZone: record.zone,
    attachments: [describeAttachment(record)],
    attributes: [{ name: 'ecs.cpu-architecture', value: 'x86_64' }],
    containers: structures(settings.containerDefinitions).map((definition) => describeContainer(record, definition)),
    enableExecuteCommand: false,
    ephemeralStorage: { sizeInGiB: 20 },
    overrides: { containerOverrides: [], inferenceAcceleratorOverrides: [], ...record.overrides },
    tags: record.tags ?? [],
    version: 1,
  };
}

/** The load balancer's health checks decide; ECS itself knows nothing of a task that has not passed one yet. */
function healthStatusOf({ isHealthy }: TaskRecord): string {
  if (isHealthy === undefined) return 'UNKNOWN';
  return isHealthy ? 'HEALTHY' : 'UNHEALTHY';
}

function describeAttachment({ arn, status }: TaskRecord): AwsObject {
  const id = arn.split('/').at(-1)!;
  return {
    id: `${id.slice(0, 8)}-${id.slice(8, 12)}-${id.slice(12, 16)}-${id.slice(16, 20)}-${id.slice(20)}`,
    type: 'ElasticNetworkInterface',
    status: status === 'STOPPED' ? 'DELETED' : 'ATTACHED',
    details: [{ name: 'privateIPv4Address', value: ADDRESS }],
  };
}

/** Every task has the address of this machine, and a port of its own. */
const ADDRESS = '127.0.0.1';

function describeContainer(record: TaskRecord, definition: AwsObject): AwsObject {
  const [, , , region = ''] = record.arn.split(':');
  const [cluster, id] = record.arn.split('/').slice(-2);
  const name = String(definition.name);
  const { exit } = record;
  return {
    containerArn: arnOf('ecs', region, `container/${cluster}/${id}/${name}`),
    taskArn: record.arn,
    name,
    image: text(definition.image),
    lastStatus: containerStatusOf(record),
    exitCode: exit === undefined ? undefined : (exit.code ?? 128 + (SIGNAL_NUMBERS[exit.signal ?? ''] ?? 0)),
    reason: exit?.isOutOfMemory === true ? 'OutOfMemoryError: Container killed due to memory usage' : undefined,
    healthStatus: 'UNKNOWN',
    networkInterfaces: [{ privateIpv4Address: ADDRESS }],
    networkBindings: record.port === undefined ? [] : [networkBinding(record.port, definition)],
    cpu: text(definition.cpu) ?? '0',
    memory: text(definition.memory),
    managedAgents: [],
  };
}

function networkBinding(hostPort: number, { portMappings }: AwsObject): AwsObject {
  const [mapping] = structures(portMappings);
  return { bindIP: ADDRESS, containerPort: mapping?.containerPort ?? hostPort, hostPort, protocol: 'tcp' };
}

function containerStatusOf({ status }: TaskRecord): string {
  if (status === 'PROVISIONING' || status === 'PENDING') return 'PENDING';
  return status === 'STOPPED' ? 'STOPPED' : 'RUNNING';
}

/** The signals that end a task, with which a shell writes its exit code. */
const SIGNAL_NUMBERS: Readonly<Record<string, number>> = { SIGKILL: 9, SIGTERM: 15 };
