import { type ContainerDefinition, type FargateTaskDefinition, LogDrivers } from 'aws-cdk-lib/aws-ecs';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { ObservabilityProps } from '../observability/observability-props';
import { allowTracing, collectorOf } from '../observability/tracing-collector';
import { addLogRouter, usesLogRouter } from './log-router';
import type { TaskProps } from './task-props';

/** Adds the containers beside the one that serves: the log router, the collector of traces, and those of the props. */
export function addSidecars(
  taskDefinition: FargateTaskDefinition,
  container: ContainerDefinition,
  logGroup: ILogGroup | undefined,
  props: TaskProps & ObservabilityProps,
): ContainerDefinition[] {
  const { sidecars, tracing } = props;
  if (tracing !== undefined) allowTracing(taskDefinition.taskRole);
  const added = Object.entries({ ...collectorOf(tracing), ...sidecars }).map(([name, options]) => {
    const logging = LogDrivers.awsLogs({ logGroup, streamPrefix: name });
    return taskDefinition.addContainer(name, { containerName: name, logging, ...options });
  });
  return [...(usesLogRouter(props) ? [addLogRouter(taskDefinition, container, logGroup, props)] : []), ...added];
}
