import { Stack } from 'aws-cdk-lib';
import type { CfnTaskDefinition, ContainerDefinition, ICluster } from 'aws-cdk-lib/aws-ecs';
import type { DeploymentProps } from '../deployment/deployment-props';
import type { ObservabilityProps } from '../observability/observability-props';
import type { TaskProps } from '../task/task-props';
import type { NetworkProps } from './network';
import type { CalledService } from './vpc-endpoints';

/** The AWS services that the tasks call because of the props, besides those that every task calls. */
export function calledServicesOf(props: TaskProps & ObservabilityProps & NetworkProps & DeploymentProps): CalledService[] {
  return [
    ...servicesCalledByAgent(props),
    ...(props.enableExecuteCommand === true ? callsOfShell(props.cluster) : []),
    ...(props.tracing === undefined ? [] : (['XRay'] as const)),
  ];
}

/** The AWS services that the container agent of an instance calls. */
function servicesCalledByAgent({ capacity }: DeploymentProps): CalledService[] {
  return capacity === undefined || capacity._kind === 'fargate' ? [] : ['Ecs', 'EcsAgent', 'EcsTelemetry'];
}

/** The AWS services that ECS calls before a task starts, for the secrets of its containers and of their log drivers. */
export function servicesOfContainers(containers: readonly ContainerDefinition[]): CalledService[] {
  const called = containers.flatMap((container) => secretsOf(container).map((arn) => serviceOf(container, arn)));
  return [...new Set(called)];
}

function secretsOf(container: ContainerDefinition): string[] {
  const { secrets = [] } = container.renderContainerDefinition() as { secrets?: CfnTaskDefinition.SecretProperty[] };
  return [...secrets, ...(container.logDriverConfig?.secretOptions ?? [])].map(({ valueFrom }) => valueFrom);
}

/** The AWS services that ECS calls before a task starts, with these permissions of the execution role. */
export function servicesOfActions(actions: readonly string[]): CalledService[] {
  return [
    ...(actions.some((action) => action.startsWith('secretsmanager:')) ? (['SecretsManager'] as const) : []),
    ...(actions.some((action) => action.startsWith('ssm:')) ? (['SystemsManager'] as const) : []),
  ];
}

function serviceOf(container: ContainerDefinition, arn: string): CalledService {
  return JSON.stringify(Stack.of(container).resolve(arn)).includes(':ssm:') ? 'SystemsManager' : 'SecretsManager';
}

/** A cluster may encrypt the sessions of ECS Exec with a key (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html). */
function callsOfShell(cluster: ICluster | undefined): CalledService[] {
  return cluster?.executeCommandConfiguration?.kmsKey === undefined ? ['ExecuteCommand'] : ['ExecuteCommand', 'Kms'];
}
