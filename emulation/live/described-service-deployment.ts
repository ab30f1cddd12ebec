import type { LocalTask } from '../../rehearsal/fleet/local-task';
import { DEFAULT_HOOK_TIMEOUT, type LifecycleStage } from '../../src/plan/lifecycle-hooks';
import { type AwsObject, strings, structure, structures, text } from '../front/aws-call';
import { deploymentConfigurationOf } from './deployment-configuration';
import type { HookInvocation } from './deployment-hooks';
import type { LiveDeployment, LiveDeployments, LiveRevision } from './live-deployments';
import type { LiveTraffic } from './live-traffic';
import { arnOf } from './resource-names';
import type { ServiceRecord } from './service-records';

/** What is described of a live service. */
export interface DeployedService {
  readonly record: ServiceRecord;
  readonly deployments: LiveDeployments;
  readonly traffic: LiveTraffic;
  readonly desiredCount: number;
  readonly localTasks: readonly LocalTask[];
}

/** The ARN of a service deployment. */
export function serviceDeploymentArn({ record }: DeployedService, { serviceDeploymentId }: LiveDeployment): string {
  return arnOf('ecs', record.region, `service-deployment/${record.clusterName}/${record.name}/${serviceDeploymentId}`);
}

/** The ARN of a revision of a service. */
export function serviceRevisionArn({ record, deployments }: DeployedService, revision: number): string {
  return arnOf('ecs', record.region, `service-revision/${record.clusterName}/${record.name}/${deployments.revisions[revision]?.id}`);
}

/** A service deployment as `ListServiceDeployments` returns it. */
export function describeServiceDeploymentBriefly(live: DeployedService, deployment: LiveDeployment): AwsObject {
  return {
    serviceDeploymentArn: serviceDeploymentArn(live, deployment),
    serviceArn: live.record.arn,
    clusterArn: live.record.clusterArn,
    startedAt: deployment.createdAt,
    createdAt: deployment.createdAt,
    finishedAt: deployment.finishedAt,
    targetServiceRevisionArn: serviceRevisionArn(live, deployment.revision),
    status: deployment.status,
    statusReason: reasonOf(deployment),
  };
}

/** A service deployment as `DescribeServiceDeployments` returns it. */
export function describeServiceDeployment(live: DeployedService, deployment: LiveDeployment): AwsObject {
  const { targetServiceRevisionArn: _, ...brief } = describeServiceDeploymentBriefly(live, deployment);
  const { sourceRevision, settings, stage } = deployment;
  const shiftsTraffic = deploymentConfigurationOf(settings).strategy !== 'ROLLING';
  return {
    ...brief,
    stoppedAt: deployment.status === 'STOPPED' ? deployment.finishedAt : undefined,
    updatedAt: deployment.updatedAt,
    sourceServiceRevisions: sourceRevision === undefined ? [] : [describeRevisionTasks(live, sourceRevision, shiftsTraffic)],
    targetServiceRevision: describeRevisionTasks(live, deployment.revision, shiftsTraffic),
    ...(shiftsTraffic && stage !== undefined && { lifecycleStage: stage }),
    lifecycleHookDetails: describeHooks(deployment),
    deploymentConfiguration: deploymentConfigurationOf(settings),
    rollback: describeRollback(live, deployment),
    deploymentCircuitBreaker: describeCircuitBreaker(deployment),
    alarms: describeAlarms(deployment),
  };
}

/** A revision as `DescribeServiceRevisions` returns it. */
export function describeServiceRevision(live: DeployedService, { number, settings, taskDefinition, createdAt }: LiveRevision): AwsObject {
  const containers = structures(taskDefinition.settings.containerDefinitions);
  const balancers = structures(settings.loadBalancers);
  return {
    serviceRevisionArn: serviceRevisionArn(live, number),
    serviceArn: live.record.arn,
    clusterArn: live.record.clusterArn,
    taskDefinition: taskDefinition.arn,
    ...(settings.capacityProviderStrategy === undefined
      ? { launchType: text(settings.launchType) }
      : { capacityProviderStrategy: settings.capacityProviderStrategy }),
    platformVersion: '1.4.0',
    platformFamily: 'Linux',
    loadBalancers: balancers,
    networkConfiguration: settings.networkConfiguration,
    containerImages: containers.map(({ name, image }) => ({ containerName: name, image })),
    createdAt,
    resolvedConfiguration: {
      loadBalancers: balancers.map(({ targetGroupArn, advancedConfiguration }) => {
        const { alternateTargetGroupArn, productionListenerRule } = structure(advancedConfiguration);
        const isAlternate = live.traffic.partOf(number) === 'alternate';
        return { targetGroupArn: isAlternate ? alternateTargetGroupArn : targetGroupArn, productionListenerRule };
      }),
    },
  };
}

/** The invocation of a hook of the deployment in progress. */
export function hookInvocationOf(live: DeployedService, index: number, stage: LifecycleStage): HookInvocation {
  const { primary } = live.deployments;
  const hook = structures(structure(primary.settings.deploymentConfiguration).lifecycleHooks)[index] ?? {};
  return { region: live.record.region, hook, stage, event: describeDeployedTraffic(live, primary) };
}

/** What the function of a hook gets of the deployment: the traffic of both revisions. */
function describeDeployedTraffic(live: DeployedService, deployment: LiveDeployment): AwsObject {
  const revisions = [deployment.sourceRevision, deployment.revision].filter((revision) => revision !== undefined);
  const weights = (kind: 'production' | 'test'): AwsObject =>
    Object.fromEntries(revisions.map((revision) => [serviceRevisionArn(live, revision), live.traffic.percentagesOf(revision)[kind]]));
  return {
    serviceArn: live.record.arn,
    targetServiceRevisionArn: serviceRevisionArn(live, deployment.revision),
    resourceArn: serviceDeploymentArn(live, deployment),
    testTrafficWeights: weights('test'),
    productionTrafficWeights: weights('production'),
  };
}

/** The tasks of a revision, as ECS counts them. */
export function describeRevisionTasks(live: DeployedService, revision: number, shiftsTraffic: boolean): AwsObject {
  const tasks = live.localTasks.filter((task) => task.isActive && task.revision === revision);
  const { production, test } = live.traffic.percentagesOf(revision);
  return {
    arn: serviceRevisionArn(live, revision),
    requestedTaskCount: revision === live.deployments.primary.revision ? live.desiredCount : tasks.length,
    runningTaskCount: tasks.filter(({ isRunning }) => isRunning).length,
    pendingTaskCount: tasks.filter(({ isRunning }) => !isRunning).length,
    ...(shiftsTraffic && { requestedProductionTrafficWeight: production, requestedTestTrafficWeight: test }),
  };
}

function reasonOf({ status, rolloutStateReason }: LiveDeployment): string | undefined {
  return status === 'SUCCESSFUL' || status === 'IN_PROGRESS' ? undefined : rolloutStateReason;
}

function describeHooks({ hooks, settings }: LiveDeployment): readonly AwsObject[] {
  const configured = structures(structure(settings.deploymentConfiguration).lifecycleHooks);
  return hooks.map(({ id, index, status }) => {
    const { targetType, hookTargetArn, timeoutConfiguration } = configured[index] ?? {};
    const timeoutAction = text(structure(timeoutConfiguration).action) ?? DEFAULT_HOOK_TIMEOUT.timeoutAction;
    return { hookId: id, targetType: text(targetType) ?? 'AWS_LAMBDA', targetArn: hookTargetArn, status, timeoutAction };
  });
}

function describeRollback(live: DeployedService, deployment: LiveDeployment): AwsObject | undefined {
  const rollback = live.deployments.all.find(({ rollsBack }) => rollsBack === deployment);
  if (rollback === undefined) return undefined;
  const serviceRevision = serviceRevisionArn(live, rollback.revision);
  return { reason: deployment.rolloutStateReason, startedAt: rollback.createdAt, serviceRevisionArn: serviceRevision };
}

function describeCircuitBreaker({ settings, failedTasks, status, rolloutStateReason }: LiveDeployment): AwsObject {
  const isEnabled = structure(structure(settings.deploymentConfiguration).deploymentCircuitBreaker).enable === true;
  const isTriggered = rolloutStateReason.includes('circuit breaker');
  return { status: monitorStatus(isEnabled, isTriggered, status), failureCount: failedTasks };
}

function describeAlarms({ settings, status, rolloutStateReason }: LiveDeployment): AwsObject {
  const { enable, alarmNames } = structure(structure(settings.deploymentConfiguration).alarms);
  const [, triggered] = /alarm detected: (.+)\.$/.exec(rolloutStateReason) ?? [];
  return {
    status: monitorStatus(enable === true, triggered !== undefined, status),
    alarmNames: strings(alarmNames),
    triggeredAlarmNames: triggered === undefined ? [] : [triggered],
  };
}

function monitorStatus(isEnabled: boolean, isTriggered: boolean, status: LiveDeployment['status']): string {
  if (!isEnabled) return 'DISABLED';
  if (isTriggered) return 'TRIGGERED';
  return status === 'IN_PROGRESS' ? 'MONITORING' : 'MONITORING_COMPLETE';
}
