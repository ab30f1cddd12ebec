import { Duration } from 'aws-cdk-lib';
import { FargateService, type FargateTaskDefinition, type ICluster } from 'aws-cdk-lib/aws-ecs';
import type { ApplicationTargetGroup } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { Construct } from 'constructs';
import { DEFAULTS } from '../../plan/default-plan';
import type { ServiceNetwork } from '../network/service-network';
import type { TaskProps } from '../task/task-props';
import type { DeploymentProps } from './deployment-props';

/** What the service keeps running, and where. */
export interface ServiceParts {
  readonly cluster: ICluster;
  readonly network: ServiceNetwork;
  readonly taskDefinition: FargateTaskDefinition;
  readonly targetGroup: ApplicationTargetGroup;
}

/**
 * The service that keeps the tasks running.
 *
 * It is given no desired count: a number in the template would undo, with every deployment, what scaling has chosen since.
 */
export function createService(scope: Construct, parts: ServiceParts, props: DeploymentProps & TaskProps): FargateService {
  const { cluster, network, taskDefinition, targetGroup } = parts;
  const service = new FargateService(scope, 'Service', {
    cluster,
    taskDefinition,
    vpcSubnets: network.taskSubnets,
    securityGroups: [...network.taskSecurityGroups],
    assignPublicIp: network.hasPublicTasks,
    minHealthyPercent: DEFAULTS.minHealthyPercent,
    maxHealthyPercent: DEFAULTS.maxHealthyPercent,
    circuitBreaker: { enable: DEFAULTS.hasCircuitBreaker, rollback: true },
    enableExecuteCommand: props.enableExecuteCommand ?? DEFAULTS.enableExecuteCommand,
    healthCheckGracePeriod: props.healthCheckGracePeriod ?? Duration.seconds(DEFAULTS.healthCheckGracePeriodSeconds),
  });
  targetGroup.addTarget(service);
  // a task that starts before it can pull and log would be counted as a failed deployment.
  service.node.addDependency(taskDefinition.obtainExecutionRole(), ...network.waysOut);
  return service;
}
