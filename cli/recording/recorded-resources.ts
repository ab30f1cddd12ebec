import { type DescribedService, isOfTargetTracking } from '../../src/plan/described/service-description';
import { asObject, field, items, type Section } from '../../src/plan/template/template-value';
import type { AwsCalls } from '../live-service/aws-calls';
import { describeAll } from '../live-service/described-pages';

/** What a recording has of the resources of a service, as AWS describes them: the content of `resources.json`. */
export interface RecordedResources extends DescribedService {
  /** The alarms of target tracking, of which the times of their changes are read. */
  readonly trackingAlarms: readonly Section[];
}

/** The members of a service that are recorded: those that its plan is read from, and its deployments. */
const SERVICE_MEMBERS = [
  'availabilityZoneRebalancing',
  'capacityProviderStrategy',
  'clusterArn',
  'createdAt',
  'deploymentConfiguration',
  'deploymentController',
  'desiredCount',
  'gatewayConnectors',
  'healthCheckGracePeriodSeconds',
  'launchType',
  'loadBalancers',
  'monitoring',
  'networkConfiguration',
  'placementConstraints',
  'placementStrategy',
  'platformVersion',
  'schedulingStrategy',
  'serviceArn',
  'serviceName',
  'taskDefinition',
];

const DEPLOYMENT_MEMBERS = ['id', 'status', 'taskDefinition', 'createdAt', 'updatedAt', 'rolloutState'];

const TASK_DEFINITION_MEMBERS = [
  'cpu',
  'ephemeralStorage',
  'family',
  'memory',
  'networkMode',
  'requiresCompatibilities',
  'revision',
  'runtimePlatform',
  'taskDefinitionArn',
];

/** Of a container only this is recorded: no environment, secrets, commands, log options or labels, which may hold secrets. */
const CONTAINER_MEMBERS = [
  'cpu',
  'dependsOn',
  'essential',
  'image',
  'memory',
  'memoryReservation',
  'name',
  'portMappings',
  'startTimeout',
  'stopTimeout',
];

/** Of a rule only this is recorded: a condition may compare a header with a secret, such as one that only a CDN in front of the load balancer sends. */
const RULE_MEMBERS = ['Actions', 'IsDefault', 'Priority', 'RuleArn'];

const CONTAINER_HEALTH_CHECK_MEMBERS = ['interval', 'timeout', 'retries', 'startPeriod'];

/** In place of the command of a health check. */
const NOT_RECORDED = ['CMD', 'not recorded'];

/** `DescribeAlarms` accepts 100 names. */
const MAX_ALARM_NAMES = 100;

/** A described service as it is recorded. */
export async function resourcesToRecord(calls: AwsCalls, described: DescribedService): Promise<RecordedResources> {
  const { service, taskDefinition, cluster, listeners, scalingPolicies } = described;
  const alarmNames = scalingPolicies.flatMap(({ Alarms }) => items(Alarms).map((alarm) => String(field(alarm, 'AlarmName'))));
  const AlarmNames = alarmNames.filter(isOfTargetTracking).slice(0, MAX_ALARM_NAMES);
  const trackingAlarms =
    AlarmNames.length === 0 ? [] : await describeAll(calls, 'cloudwatch:DescribeAlarms', { AlarmNames }, 'MetricAlarms');
  const deployments = items(service.deployments).map((each) => picked(asObject(each), DEPLOYMENT_MEMBERS));
  return {
    ...described,
    service: { ...picked(service, SERVICE_MEMBERS), deployments },
    taskDefinition: taskDefinitionToRecord(taskDefinition),
    ...(cluster && { cluster: picked(cluster, ['clusterName', 'settings']) }),
    listeners: listeners.map(({ described: listener, rules }) => ({
      described: listener,
      rules: rules.map((rule) => picked(rule, RULE_MEMBERS)),
    })),
    trackingAlarms,
  };
}

function taskDefinitionToRecord(taskDefinition: Section): Section {
  const containerDefinitions = items(taskDefinition.containerDefinitions).map((definition) => {
    const container = asObject(definition);
    const { healthCheck } = container;
    const hasCheck = healthCheck !== undefined && items(field(healthCheck, 'command'))[0] !== 'NONE';
    return {
      ...picked(container, CONTAINER_MEMBERS),
      ...(hasCheck && { healthCheck: { ...picked(asObject(healthCheck), CONTAINER_HEALTH_CHECK_MEMBERS), command: NOT_RECORDED } }),
    };
  });
  return { ...picked(taskDefinition, TASK_DEFINITION_MEMBERS), containerDefinitions };
}

function picked(object: Section, names: readonly string[]): Section {
  return Object.fromEntries(names.flatMap((name) => (object[name] === undefined ? [] : [[name, object[name]]])));
}
