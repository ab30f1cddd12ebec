import { containerTimes, type TaskContainer } from '../plan/task-containers';
import { formatRounded, type Remark } from './remark';

/** The serving container is unhealthy before it listens: every new task is replaced before it serves. */
export const containerStartsTooSlowly: Remark = ({ plan, workload }, { events }) => {
  const { unhealthySeconds } = containerTimes(plan.containers ?? [], workload.startUpSeconds);
  if (unhealthySeconds === undefined || !events.some(({ kind }) => kind === 'task-lost')) return undefined;
  return (
    `a new task is replaced before it serves: its container health check makes it unhealthy ${unhealthySeconds} s after its start, and it ` +
    `takes ${formatRounded(workload.startUpSeconds)} s to listen. Raise the start period of the health check, or its retries`
  );
};

/** Containers that run to their end before another one starts take a time that the template does not have. */
export const assumedCompletion: Remark = ({ plan: { containers = [] } }) => {
  const names = new Set(
    containers.flatMap(({ dependsOn }) =>
      dependsOn.filter(({ condition }) => condition === 'COMPLETE' || condition === 'SUCCESS').map(({ containerName }) => containerName),
    ),
  );
  return names.size === 0 ? undefined : `${[...names].join(', ')} is assumed to complete at once: what it takes delays each new task`;
};

/** A rehearsal runs the serving container alone, without its own health check. */
export const containersNotRehearsed: Remark = ({ plan: { containers = [] } }, { kind }) => {
  const names = containers.filter(isLeftOut).map(({ name }) => name);
  if (kind !== 'rehearsal' || names.length === 0) return undefined;
  return `the health checks of containers (${names.join(', ')}) are not rehearsed: only the start of the serving container waits for those that it depends on`;
};

function isLeftOut({ healthCheck }: TaskContainer): boolean {
  return healthCheck !== undefined;
}
