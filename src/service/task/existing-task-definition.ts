import { ContainerDefinition, type FargateTaskDefinition } from 'aws-cdk-lib/aws-ecs';
import type { ContainerProps } from './container-props';

/** The containers of a task definition, in the order in which they were added. */
export function containersOf(taskDefinition: FargateTaskDefinition): ContainerDefinition[] {
  return taskDefinition.node.children.filter((child) => child instanceof ContainerDefinition);
}

/** The container of an existing task definition that serves the requests: the one that maps the port, or the default container. */
export function servingContainerOf(taskDefinition: FargateTaskDefinition, port: number | undefined): ContainerDefinition | undefined {
  const { defaultContainer } = taskDefinition;
  if (port === undefined) return defaultContainer;
  const containers = containersOf(taskDefinition);
  const ordered = defaultContainer === undefined ? containers : [defaultContainer, ...containers];
  return ordered.find(({ portMappings }) => portMappings.some(({ containerPort }) => containerPort === port));
}

/** The port that an existing task definition serves on; undefined without one. */
export function servingPortOf({
  taskDefinition,
  containerPort,
}: ContainerProps & { taskDefinition?: FargateTaskDefinition }): number | undefined {
  return containerPort ?? taskDefinition?.defaultContainer?.portMappings[0]?.containerPort;
}
