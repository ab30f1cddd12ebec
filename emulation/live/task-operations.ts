import { type AwsCall, AwsError, type AwsObject, list, number, type Operations, strings, structure, text } from '../front/aws-call';
import { describeTask } from './described-task';
import type { LiveServices } from './live-services';
import { desiredStatusOf, type TaskRecord } from './live-task-records';
import { arnOf, clusterNameOf, familyAndRevision, shortName } from './resource-names';

/** The operations of ECS on tasks. They never reach the control plane, which runs none. */
export function taskOperations(live: LiveServices): Operations {
  return {
    'ecs ListTasks': async (call) => {
      const arns = tasksOfCluster(live, call)
        .filter((task) => matches(task, call.input))
        .map(({ arn }) => arn);
      const start = number(call.input.nextToken) ?? 0;
      const end = start + (number(call.input.maxResults) ?? 100);
      return { taskArns: arns.slice(start, end), ...(end < arns.length && { nextToken: String(end) }) };
    },
    'ecs DescribeTasks': async (call) => {
      const tasks = tasksOfCluster(live, call);
      const found = strings(call.input.tasks).map((idOrArn) => ({
        idOrArn,
        task: tasks.find(({ arn }) => shortName(arn) === shortName(idOrArn)),
      }));
      return {
        tasks: found.flatMap(({ task }) => (task === undefined ? [] : [describeTask(task)])),
        failures: found.flatMap(({ idOrArn, task }) => (task === undefined ? [{ arn: idOrArn, reason: 'MISSING' }] : [])),
      };
    },
    'ecs StopTask': async (call) => {
      const { input } = call;
      const idOrArn = String(input.task);
      const reason = text(input.reason) ?? 'Task stopped by user';
      const isStopped =
        live.all.some((service) => service.stopTask(idOrArn, reason)) || live.oneOffTasks.stop(idOrArn, reason) !== undefined;
      const task = tasksOfCluster(live, call).find(({ arn }) => shortName(arn) === shortName(idOrArn));
      if (!isStopped || task === undefined) throw new AwsError('InvalidParameterException', 'The referenced task was not found.');
      return { task: describeTask(task) };
    },
    'ecs RunTask': async (call) => runTask(live, call),
  };
}

async function runTask(live: LiveServices, { region, input }: AwsCall): Promise<AwsObject> {
  const clusterName = clusterNameOf(text(input.cluster));
  const taskDefinition = live.records.taskDefinition(region, String(input.taskDefinition));
  if (taskDefinition === undefined) throw new AwsError('ClientException', `TaskDefinition not found: ${input.taskDefinition}`);
  const count = number(input.count) ?? 1;
  if (!Number.isInteger(count) || count < 1 || count > MAX_COUNT) {
    throw new AwsError('InvalidParameterException', `count must be a whole number from 1 to ${MAX_COUNT}, got ${count}`);
  }
  const { clusters } = await live.parts.controlPlane.call('ecs', region, 'DescribeClusters', { clusters: [clusterName] });
  if (list(clusters).length === 0) throw new AwsError('ClusterNotFoundException', 'Cluster not found.');
  const tasks = Array.from({ length: count }, () =>
    live.oneOffTasks.run({
      region,
      clusterName,
      clusterArn: arnOf('ecs', region, `cluster/${clusterName}`),
      taskDefinition,
      overrides: structure(input.overrides),
      group: text(input.group),
      startedBy: text(input.startedBy),
      launchType: text(input.launchType) ?? 'FARGATE',
      tags: input.tags,
    }),
  );
  return { tasks: tasks.map(describeTask), failures: [] };
}

/** The most tasks of one call of `RunTask`. */
const MAX_COUNT = 10;

function tasksOfCluster(live: LiveServices, { region, input }: AwsCall): readonly TaskRecord[] {
  const clusterArn = arnOf('ecs', region, `cluster/${clusterNameOf(text(input.cluster))}`);
  const all = [...live.all.flatMap(({ tasks }) => tasks.all), ...live.oneOffTasks.all];
  return all.filter((task) => task.clusterArn === clusterArn);
}

function matches(task: TaskRecord, input: AwsObject): boolean {
  const family = familyAndRevision(task.taskDefinition.arn).split(':')[0];
  return (
    desiredStatusOf(task) === (text(input.desiredStatus) ?? 'RUNNING') &&
    (input.serviceName === undefined || task.group === `service:${shortName(String(input.serviceName))}`) &&
    (input.family === undefined || family === input.family) &&
    (input.startedBy === undefined || task.startedBy === input.startedBy) &&
    (input.launchType === undefined || task.launchType === input.launchType)
  );
}
