import type { CfnExperimentTemplate } from 'aws-cdk-lib/aws-fis';
import type { ScalableStatelessServiceBase } from '../service/scalable-stateless-service-base';
import type { TargetTasksOptions } from './experiment-options';

type Target = CfnExperimentTemplate.ExperimentTemplateTargetProperty;

/** The tasks of a service, of which AWS FIS chooses some. */
export function targetTasks(service: ScalableStatelessServiceBase, options: TargetTasksOptions): Target {
  return { ...tasksOf(service), selectionMode: selectionModeOf(options) };
}

/** All tasks of a service in an Availability Zone. */
export function targetZone(service: ScalableStatelessServiceBase, availabilityZone: string): Target {
  return { ...tasksOf(service), filters: [{ path: 'AvailabilityZone', values: [availabilityZone] }], selectionMode: 'ALL' };
}

function tasksOf({ cluster, service }: ScalableStatelessServiceBase) {
  return { resourceType: 'aws:ecs:task', parameters: { cluster: cluster.clusterName, service: service.serviceName } };
}

function selectionModeOf({ taskCount, taskPercent }: TargetTasksOptions): string {
  return taskPercent === undefined ? `COUNT(${taskCount ?? 1})` : `PERCENT(${taskPercent})`;
}
