import { type AwsObject, type AwsValue, text } from '../front/aws-call';
import { deploymentConfigurationOf } from './deployment-configuration';
import { describeRevisionTasks, serviceDeploymentArn } from './described-service-deployment';
import type { LiveDeployment } from './live-deployments';
import type { LiveService } from './live-service';
import type { ServiceRecord } from './service-records';

/** The members of a service that are answered as they were requested: the control plane stores only some of them. */
const REQUESTED_MEMBERS = [
  'capacityProviderStrategy',
  'deploymentController',
  'enableECSManagedTags',
  'enableExecuteCommand',
  'healthCheckGracePeriodSeconds',
  'launchType',
  'loadBalancers',
  'networkConfiguration',
  'placementConstraints',
  'placementStrategy',
  'platformVersion',
  'propagateTags',
  'schedulingStrategy',
  'serviceRegistries',
] as const;

/** What ECS answers where a client has requested nothing. */
const DEFAULTS: Readonly<Record<string, AwsValue>> = {
  availabilityZoneRebalancing: 'ENABLED',
  schedulingStrategy: 'REPLICA',
  enableECSManagedTags: false,
  enableExecuteCommand: false,
  propagateTags: 'NONE',
  platformVersion: 'LATEST',
  platformFamily: 'Linux',
  deploymentController: { type: 'ECS' },
};

/** A service as `DescribeServices` returns it: what the control plane says of it, what was requested, and what its tasks do now. */
export function describeService(described: AwsObject, record: ServiceRecord, live: LiveService | undefined): AwsObject {
  const { settings } = record;
  const requested = REQUESTED_MEMBERS.flatMap((name) => (settings[name] === undefined ? [] : [[name, settings[name]]]));
  return {
    ...described,
    ...DEFAULTS,
    ...Object.fromEntries(requested),
    ...(settings.availabilityZoneRebalancing !== undefined && { availabilityZoneRebalancing: settings.availabilityZoneRebalancing }),
    deploymentConfiguration: deploymentConfigurationOf(settings),
    ...(live && describeState(live)),
  };
}

function describeState(live: LiveService): AwsObject {
  const { primary, all } = live.deployments;
  return {
    status: 'ACTIVE',
    createdAt: all.at(-1)?.createdAt,
    desiredCount: live.desiredCount,
    runningCount: live.runningCount,
    pendingCount: live.pendingCount,
    taskDefinition: primary.taskDefinition.arn,
    currentServiceDeployment: serviceDeploymentArn(live, primary.rollsBack ?? primary),
    currentServiceRevisions: liveDeploymentsOf(live).map(({ revision }) => describeRevisionTasks(live, revision, false)),
    deployments: liveDeploymentsOf(live).map((deployment) => describeDeployment(live, deployment)),
    events: live.events.all.map(({ createdAt, message }, index) => ({
      id: `${createdAt.getTime()}-${live.events.all.length - index}`,
      createdAt,
      message,
    })),
  };
}

/** The primary deployment, and the earlier ones whose tasks have not all stopped. */
function liveDeploymentsOf(live: LiveService): readonly LiveDeployment[] {
  const { all, primary } = live.deployments;
  const revisions = new Set(live.localTasks.filter(({ isActive }) => isActive).map(({ revision }) => revision));
  const newestOfRevision = (deployment: LiveDeployment): boolean => live.deployments.ofRevision(deployment.revision) === deployment;
  return all.filter((deployment) => deployment === primary || (revisions.has(deployment.revision) && newestOfRevision(deployment)));
}

function describeDeployment(live: LiveService, deployment: LiveDeployment): AwsObject {
  const { settings } = live.record;
  const tasks = live.localTasks.filter(({ revision, isActive }) => isActive && revision === deployment.revision);
  const isPrimary = deployment === live.deployments.primary;
  return {
    id: deployment.id,
    status: isPrimary ? 'PRIMARY' : 'ACTIVE',
    taskDefinition: deployment.taskDefinition.arn,
    desiredCount: isPrimary ? live.desiredCount : tasks.length,
    pendingCount: tasks.filter(({ isRunning }) => !isRunning).length,
    runningCount: tasks.filter(({ isRunning }) => isRunning).length,
    failedTasks: deployment.failedTasks,
    createdAt: deployment.createdAt,
    updatedAt: deployment.updatedAt,
    launchType: text(settings.launchType),
    capacityProviderStrategy: settings.capacityProviderStrategy,
    platformVersion: '1.4.0',
    platformFamily: 'Linux',
    networkConfiguration: settings.networkConfiguration,
    rolloutState: deployment.rolloutState,
    rolloutStateReason: deployment.rolloutStateReason,
  };
}
