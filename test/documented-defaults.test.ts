import { Duration } from 'aws-cdk-lib';
import type { Template } from 'aws-cdk-lib/assertions';
import { InstanceType } from 'aws-cdk-lib/aws-ec2';
import { ContainerInsights } from 'aws-cdk-lib/aws-ecs';
import { ApplicationProtocol, TargetGroupLoadBalancingAlgorithmType } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { expect, test } from 'vitest';
import {
  ApprovalTimeoutAction,
  Capacity,
  Deployment,
  HighResolutionMetrics,
  PredictiveScaling,
  type ScalableStatelessServiceProps,
  WebAcl,
} from '../src';
import { documentedDefaults } from './documented-defaults';
import { propertiesOf, synthesize } from './synthesize';

const SERVICE = 'AWS::ECS::Service';
const TASK_DEFINITION = 'AWS::ECS::TaskDefinition';
const TARGET_GROUP = 'AWS::ElasticLoadBalancingV2::TargetGroup';
const LOAD_BALANCER = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
const SCALABLE_TARGET = 'AWS::ApplicationAutoScaling::ScalableTarget';

/** Every default that is a value, and where a template of a service without props has it. */
const IN_TEMPLATE: Record<string, (template: Template) => unknown> = {
  'ApprovalOptions.timeout': (template) => approval(template).TimeoutInMinutes * 60,
  'ApprovalOptions.timeoutAction': (template) => approval(template).Action,
  'BlueGreenOptions.bakeTime': (template) => Number(deployment(template)['BakeTimeInMinutes']) * 60,
  'InstanceRefreshOptions.bakeTime': (template) => refresh(template)['BakeTime'] ?? 0,
  'InstanceRefreshOptions.checkpointDelay': (template) => refresh(template)['CheckpointDelay'],
  'InstancesCapacityOptions.minInstances': (template) => Number(propertiesOf(template, GROUP)['MinSize']),
  'InstancesCapacityOptions.targetCapacityPercent': (template) =>
    (propertiesOf(template, 'AWS::ECS::CapacityProvider')['AutoScalingGroupProvider'] as Capacities).ManagedScaling.TargetCapacity,
  'ScalableStatelessServiceProps.capacity': (template) =>
    JSON.stringify(propertiesOf(template, SERVICE)['CapacityProviderStrategy']).includes('"FARGATE"') && Capacity.fargate(),
  'ScalableStatelessServiceProps.availabilityZoneRebalancing': (template) =>
    propertiesOf(template, SERVICE)['AvailabilityZoneRebalancing'] === 'ENABLED',
  'ScalableStatelessServiceProps.deployment': (template) =>
    deployment(template)['Strategy'] === undefined ? Deployment.rolling() : undefined,
  'ScalableStatelessServiceProps.maxHealthyPercent': (template) => deployment(template)['MaximumPercent'],
  'ScalableStatelessServiceProps.minHealthyPercent': (template) => deployment(template)['MinimumHealthyPercent'],
  'ScalableStatelessServiceProps.rollbackOnServiceAlarms': (template) => (deployment(template)['Alarms'] as { Rollback: boolean }).Rollback,
  'ScalableStatelessServiceProps.spotPercent': (template) =>
    JSON.stringify(propertiesOf(template, SERVICE)['CapacityProviderStrategy']).includes('SPOT') ? undefined : 0,
  'ScalableStatelessServiceProps.healthCheckGracePeriod': of(SERVICE, 'HealthCheckGracePeriodSeconds'),
  'HealthCheckOptions.healthyThresholdCount': of(TARGET_GROUP, 'HealthyThresholdCount'),
  'HealthCheckOptions.interval': of(TARGET_GROUP, 'HealthCheckIntervalSeconds'),
  'HealthCheckOptions.path': of(TARGET_GROUP, 'HealthCheckPath'),
  'HealthCheckOptions.timeout': of(TARGET_GROUP, 'HealthCheckTimeoutSeconds'),
  'HealthCheckOptions.unhealthyThresholdCount': of(TARGET_GROUP, 'UnhealthyThresholdCount'),
  'ScalableStatelessServiceProps.accessLogs': (template) => attribute(template, LOAD_BALANCER, 'access_logs.s3.enabled') === 'true',
  'ScalableStatelessServiceProps.deletionProtection': (template) =>
    attribute(template, LOAD_BALANCER, 'deletion_protection.enabled') === 'true',
  'ScalableStatelessServiceProps.dropInvalidHeaderFields': (template) =>
    attribute(template, LOAD_BALANCER, 'routing.http.drop_invalid_header_fields.enabled') === 'true',
  'ScalableStatelessServiceProps.healthCheckLogs': (template) =>
    attribute(template, LOAD_BALANCER, 'health_check_logs.s3.enabled') === 'true',
  'ScalableStatelessServiceProps.zonalShift': (template) => attribute(template, LOAD_BALANCER, 'zonal_shift.config.enabled') === 'true',
  'ScalableStatelessServiceProps.urlOutput': (template) => Object.keys(template.findOutputs('*')).length === 1,
  'ScalableStatelessServiceProps.targetProtocol': of(TARGET_GROUP, 'Protocol'),
  'ScalableStatelessServiceProps.enableECSManagedTags': of(SERVICE, 'EnableECSManagedTags'),
  'ScalableStatelessServiceProps.idleTimeout': (template) => Number(attribute(template, LOAD_BALANCER, 'idle_timeout.timeout_seconds')),
  'ScalableStatelessServiceProps.internetFacing': (template) => propertiesOf(template, LOAD_BALANCER)['Scheme'] === 'internet-facing',
  'ManagedWebAclOptions.requestsPerFiveMinutes': (template) => {
    const [rule] = propertiesOf(template, 'AWS::WAFv2::WebACL')['Rules'] as { Statement: { RateBasedStatement: { Limit: number } } }[];
    return rule!.Statement.RateBasedStatement.Limit;
  },
  'ScalableStatelessServiceProps.maxAzs': (template) => Object.keys(template.findResources('AWS::EC2::Subnet')).length / 2,
  'ScalableStatelessServiceProps.flowLogs': (template) => Object.keys(template.findResources('AWS::EC2::FlowLog')).length === 1,
  'ScalableStatelessServiceProps.vpcCidr': of('AWS::EC2::VPC', 'CidrBlock'),
  'ScalableStatelessServiceProps.alarms': (template) => Object.keys(template.findResources('AWS::CloudWatch::Alarm')).length > 0,
  'ScalableStatelessServiceProps.containerInsights': (template) =>
    (propertiesOf(template, 'AWS::ECS::Cluster')['ClusterSettings'] as { Value: string }[])[0]!.Value,
  'ScalableStatelessServiceProps.dashboard': (template) => Object.keys(template.findResources('AWS::CloudWatch::Dashboard')).length === 1,
  'ScalableStatelessServiceProps.responseTimeAlarmThreshold': (template) =>
    propertiesOf(template, 'AWS::CloudWatch::Alarm', 'SlowResponses')['Threshold'],
  'ScalableStatelessServiceProps.serverErrorAlarmPercent': (template) =>
    propertiesOf(template, 'AWS::CloudWatch::Alarm', 'ServerErrors')['Threshold'],
  'ScalableStatelessServiceProps.logRetention': (template) =>
    propertiesOf(template, 'AWS::Logs::LogGroup', 'SearchLogGroup')['RetentionInDays'],
  'ScalableStatelessServiceProps.acknowledgeFindings': (template) => JSON.stringify(template).includes('rules_to_suppress'),
  'ScalableStatelessServiceProps.disableScaleIn': (template) => tracking(template, 'Requests')['DisableScaleIn'],
  'ScalableStatelessServiceProps.highResolutionMetrics': (template) =>
    propertiesOf(template, SERVICE)['Monitoring'] === undefined ? 'OFF' : 'PUBLISH_AND_SCALE',
  'ScalableStatelessServiceProps.predictiveScaling': (template) =>
    JSON.stringify(template).includes('PredictiveScaling') ? 'ForecastOnly' : 'OFF',
  'ScalableStatelessServiceProps.scaleOutResponseTimeMinTotalRequestsPerSecond': (template) =>
    Number(/IF\(requests > (\d+), latency, 0\)/.exec(JSON.stringify(template.findResources('AWS::CloudWatch::Alarm')))?.[1]) / 60,
  'ScalableStatelessServiceProps.scaleOnCpu': (template) => tracking(template, 'Cpu') !== undefined,
  'ScalableStatelessServiceProps.scaleOnRequests': (template) => tracking(template, 'Requests') !== undefined,
  'ScalableStatelessServiceProps.maxCapacity': of(SCALABLE_TARGET, 'MaxCapacity'),
  'ScalableStatelessServiceProps.minCapacity': of(SCALABLE_TARGET, 'MinCapacity'),
  'ScalableStatelessServiceProps.requestsPerSecondPerTask': (template) => Number(tracking(template, 'Requests')['TargetValue']) / 60,
  'ScalableStatelessServiceProps.scaleInCooldown': (template) => tracking(template, 'Requests')['ScaleInCooldown'],
  'ScalableStatelessServiceProps.scaleOutCooldown': (template) => tracking(template, 'Cpu')['ScaleOutCooldown'],
  'ScalableStatelessServiceProps.targetCpuUtilizationPercent': (template) => tracking(template, 'Cpu')['TargetValue'],
  'ScalableStatelessServiceProps.enableAnomalyMitigation': (template) =>
    attribute(template, TARGET_GROUP, 'load_balancing.algorithm.anomaly_mitigation') === 'on',
  'ScalableStatelessServiceProps.deregistrationDelay': (template) =>
    Number(attribute(template, TARGET_GROUP, 'deregistration_delay.timeout_seconds')),
  'ScalableStatelessServiceProps.loadBalancingAlgorithm': (template) => attribute(template, TARGET_GROUP, 'load_balancing.algorithm.type'),
  'ScalableStatelessServiceProps.containerPort': (template) =>
    (container(template)['PortMappings'] as { ContainerPort: number }[])[0]!.ContainerPort,
  'ScalableStatelessServiceProps.cpu': (template) => Number(propertiesOf(template, TASK_DEFINITION)['Cpu']),
  'ScalableStatelessServiceProps.enableExecuteCommand': of(SERVICE, 'EnableExecuteCommand'),
  'ScalableStatelessServiceProps.initProcessEnabled': (template) =>
    (container(template)['LinuxParameters'] as { InitProcessEnabled: boolean }).InitProcessEnabled,
  'ScalableStatelessServiceProps.memoryLimitMiB': (template) => Number(propertiesOf(template, TASK_DEFINITION)['Memory']),
  'ScalableStatelessServiceProps.readonlyRootFilesystem': (template) => container(template)['ReadonlyRootFilesystem'],
  'ScalableStatelessServiceProps.stopTimeout': (template) => container(template)['StopTimeout'],
};

const GROUP = 'AWS::AutoScaling::AutoScalingGroup';

interface Capacities {
  readonly ManagedScaling: { readonly TargetCapacity: number };
}

function refresh(template: Template): Record<string, unknown> {
  const [group] = Object.values(template.findResources(GROUP));
  return group!['UpdatePolicy'].AutoScalingInstanceRefresh.Preferences;
}

const ON_INSTANCES: ScalableStatelessServiceProps = { capacity: Capacity.instances({ instanceType: new InstanceType('m7g.large') }) };

const APPROVED: ScalableStatelessServiceProps = { deployment: Deployment.blueGreen({ approval: {} }) };

/** What some defaults need before they mean anything. */
const NEEDED: Record<string, ScalableStatelessServiceProps> = {
  'ApprovalOptions.timeout': APPROVED,
  'ApprovalOptions.timeoutAction': APPROVED,
  'BlueGreenOptions.bakeTime': { deployment: Deployment.blueGreen() },
  'InstanceRefreshOptions.bakeTime': ON_INSTANCES,
  'InstanceRefreshOptions.checkpointDelay': ON_INSTANCES,
  'InstancesCapacityOptions.minInstances': ON_INSTANCES,
  'InstancesCapacityOptions.targetCapacityPercent': ON_INSTANCES,
  'ScalableStatelessServiceProps.scaleOutResponseTimeMinTotalRequestsPerSecond': { scaleOutResponseTimeThreshold: Duration.seconds(1) },
  'ManagedWebAclOptions.requestsPerFiveMinutes': { webAcl: WebAcl.managed() },
};

const all = documentedDefaults();
// the options of a forecast are in no template, and those of instances, a load test and chaos experiments in another one: each has a test of its own.
const documented = all.filter(({ file }) => !/^src\/(api|chaos|load-test|instances)\//.test(file));

test('every optional prop documents its default', () => {
  expect(all.filter(({ value }) => value === undefined)).toEqual([]);
});

test('every default that is a value is compared with the template', () => {
  const values = documented.filter(({ value }) => !value?.startsWith('- '));
  expect(values.map(({ name }) => name).sort()).toEqual(Object.keys(IN_TEMPLATE).sort());
});

test.each(Object.entries(IN_TEMPLATE))('%s is what the template holds', (name, read) => {
  const text = documented.find((each) => each.name === name)!.value!;
  expect(read(templateWith(NEEDED[name]))).toEqual(meaningOf(text));
});

const templates = new Map<ScalableStatelessServiceProps | undefined, Template>();

/** The template of a service with these props, which is synthesized once: most defaults are read from the same one. */
function templateWith(props: ScalableStatelessServiceProps | undefined): Template {
  const template = templates.get(props) ?? synthesize(props).template;
  templates.set(props, template);
  return template;
}

/** The enumerations that defaults are members of. */
const ENUMERATIONS: Record<string, Record<string, unknown>> = {
  ApplicationProtocol,
  ApprovalTimeoutAction,
  ContainerInsights,
  HighResolutionMetrics,
  PredictiveScaling,
  RetentionDays,
  TargetGroupLoadBalancingAlgorithmType,
};

/** The value in a template of a default in a doc block. */
function meaningOf(text: string): unknown {
  if (text === 'Deployment.rolling()') return Deployment.rolling();
  if (text === 'Capacity.fargate()') return Capacity.fargate();
  const hours = /^Duration\.hours\((\d+)\)$/.exec(text)?.[1];
  if (hours !== undefined) return Number(hours) * 3600;
  const minutes = /^Duration\.minutes\((\d+)\)$/.exec(text)?.[1];
  if (minutes !== undefined) return Number(minutes) * 60;
  const seconds = /^Duration\.seconds\((\d+)\)$/.exec(text)?.[1];
  const [, enumeration, member] = /^([A-Z]\w+)\.([A-Z0-9_]+)$/.exec(text) ?? [];
  if (enumeration !== undefined) return ENUMERATIONS[enumeration]![member!];
  return JSON.parse(seconds ?? text);
}

function attribute(template: Template, type: string, key: string): string | undefined {
  const { LoadBalancerAttributes, TargetGroupAttributes } = propertiesOf(template, type) as Record<
    string,
    { Key: string; Value: string }[]
  >;
  return (LoadBalancerAttributes ?? TargetGroupAttributes)!.find(({ Key }) => Key === key)?.Value;
}

function of(type: string, property: string): (template: Template) => unknown {
  return (template) => propertiesOf(template, type)[property];
}

function approval(template: Template): { TimeoutInMinutes: number; Action: string } {
  const [hook] = deployment(template)['LifecycleHooks'] as { TimeoutConfiguration: { TimeoutInMinutes: number; Action: string } }[];
  return hook!.TimeoutConfiguration;
}

function deployment(template: Template): Record<string, unknown> {
  return propertiesOf(template, SERVICE)['DeploymentConfiguration'] as Record<string, unknown>;
}

function tracking(template: Template, name: string): Record<string, unknown> {
  const policies = Object.values(template.findResources('AWS::ApplicationAutoScaling::ScalingPolicy'));
  const found = policies.map((policy) => policy['Properties']).find((policy) => policy.PolicyName === name);
  return found.TargetTrackingScalingPolicyConfiguration;
}

function container(template: Template): Record<string, unknown> {
  return (propertiesOf(template, TASK_DEFINITION)['ContainerDefinitions'] as Record<string, unknown>[])[0]!;
}
