import { type AwsCall, AwsError, type AwsObject, number, type Operations, structure, structures, text } from '../front/aws-call';
import { describeService } from './described-service';
import type { LiveServices } from './live-services';
import type { ServiceRecord } from './service-records';

/** Members of `UpdateService` that begin a deployment if they change, besides the task definition. */
const DEPLOYED_MEMBERS = [
  'networkConfiguration',
  'capacityProviderStrategy',
  'platformVersion',
  'loadBalancers',
  'serviceRegistries',
  'serviceConnectConfiguration',
  'volumeConfigurations',
  'propagateTags',
  'enableECSManagedTags',
];

/** The operations of ECS on services and task definitions. */
export function serviceOperations(live: LiveServices): Operations {
  const { records } = live;
  const describe = (described: AwsObject, record: ServiceRecord | undefined): AwsObject =>
    record === undefined ? described : describeService(described, record, live.find(record));
  return {
    'ecs RegisterTaskDefinition': async ({ region, input }, passOn) => {
      const output = await passOn();
      const taskDefinition = structure(output.taskDefinition);
      records.addTaskDefinition(region, input, taskDefinition);
      return { ...output, taskDefinition: { ...taskDefinition, ...registered(input) } };
    },
    'ecs DescribeTaskDefinition': async ({ region, input }, passOn) => {
      const output = await passOn();
      const taskDefinition = structure(output.taskDefinition);
      const record = records.taskDefinition(region, String(taskDefinition.taskDefinitionArn));
      return {
        ...output,
        taskDefinition: { ...taskDefinition, ...(record && registered(record.settings)) },
        tags: output.tags ?? input.tags,
      };
    },
    'ecs CreateService': async ({ region, input }, passOn) => {
      const created = structure((await passOn()).service);
      const record = records.addService(region, input, created);
      await live.reconcile(region);
      return { service: describe(created, record) };
    },
    'ecs UpdateService': async (call, passOn) => {
      const { region, input } = call;
      const record = records.service(region, text(input.cluster), String(input.service));
      const updated = structure((await passOn()).service);
      if (record === undefined) return { service: updated };
      await updateService(live, call, record);
      return { service: describe(updated, records.service(region, record.clusterName, record.name)) };
    },
    'ecs DeleteService': async ({ region, input }, passOn) => {
      const record = records.service(region, text(input.cluster), String(input.service));
      const service = record && live.find(record);
      if (service !== undefined && service.desiredCount > 0 && input.force !== true) {
        throw new AwsError(
          'InvalidParameterException',
          'The service cannot be stopped while it is scaled above 0: set desiredCount to 0, or force the deletion.',
        );
      }
      const output = await passOn();
      if (record !== undefined) live.delete(record);
      return output;
    },
    'ecs DescribeServices': async ({ region, input }, passOn) => {
      const output = await passOn();
      const services = structures(output.services).map((service) =>
        describe(service, records.service(region, text(input.cluster), String(service.serviceArn))),
      );
      return { ...output, services };
    },
    'ecs DescribeClusters': async (call, passOn) => {
      const output = await passOn();
      return { ...output, clusters: structures(output.clusters).map((cluster) => describeCluster(live, call.region, cluster)) };
    },
  };
}

async function updateService(live: LiveServices, { region, input }: AwsCall, record: ServiceRecord): Promise<void> {
  const before = record.settings;
  const updated = live.records.updateService(record, input);
  const service = live.find(record);
  const desiredCount = number(input.desiredCount);
  if (service !== undefined && desiredCount !== undefined && desiredCount !== service.desiredCount) service.setDesiredCount(desiredCount);
  await live.reconcile(region);
  if (service === undefined) return;
  // a deployment that was rolled back has left the service with its earlier task definition.
  const current = service.deployments.primary.taskDefinition;
  const taskDefinition = live.records.taskDefinition(region, text(input.taskDefinition) ?? current.arn) ?? current;
  const isChanged = (name: string): boolean => JSON.stringify(before[name]) !== JSON.stringify(updated.settings[name]);
  if (input.forceNewDeployment !== true && taskDefinition === current && !DEPLOYED_MEMBERS.some(isChanged)) return;
  await live.deploy(service, taskDefinition);
  await live.reconcile(region);
}

function describeCluster(live: LiveServices, region: string, cluster: AwsObject): AwsObject {
  const services = live.all.filter(({ record }) => record.region === region && record.clusterArn === cluster.clusterArn);
  const oneOffs = live.oneOffTasks.all.filter(({ clusterArn }) => clusterArn === cluster.clusterArn);
  const sum = (count: (service: (typeof services)[number]) => number): number =>
    services.reduce((total, service) => total + count(service), 0);
  return {
    ...cluster,
    runningTasksCount: sum(({ runningCount }) => runningCount) + oneOffs.filter(({ status }) => status === 'RUNNING').length,
    pendingTasksCount: sum(({ pendingCount }) => pendingCount) + oneOffs.filter(({ status }) => status === 'PENDING').length,
  };
}

/** A task definition as it was registered, except for its tags, which are returned beside it. */
function registered({ tags: _, ...settings }: AwsObject): AwsObject {
  return settings;
}
