import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import { describe, expect, test } from 'vitest';
import { LOAD_BALANCER_ATTRIBUTES, TARGET_GROUP_ATTRIBUTES } from '../../../../src/lint/template/attribute-keys';
import { attributeRow, PROPERTY_TABLES, propertyRow } from '../../../../src/plan/template/properties/not-followed';
import type { PropertyTable } from '../../../../src/plan/template/properties/property-table';
import { readService, tracking } from '../scaled-template';

const spec = loadAwsServiceSpecSync();

interface SchemaType {
  readonly type: string;
  readonly reference?: { readonly $ref: string };
  readonly element?: SchemaType;
  readonly types?: readonly SchemaType[];
}

interface SchemaProperties {
  readonly [name: string]: { readonly type: SchemaType };
}

/** The paths of all properties that have no properties themselves; one that contains itself is followed once. */
function leavesOf(properties: SchemaProperties, prefix = '', seen: readonly string[] = []): string[] {
  return Object.entries(properties).flatMap(([name, { type }]) => {
    const inner = definitionsOf(type)
      .filter(({ name: definition }) => !seen.includes(definition))
      .flatMap((definition) => leavesOf(definition.properties as SchemaProperties, `${prefix}${name}.`, [...seen, definition.name]));
    return inner.length > 0 ? inner : [prefix + name];
  });
}

function definitionsOf(type: SchemaType | undefined): { readonly name: string; readonly properties: unknown }[] {
  if (type?.reference !== undefined) return [spec.get('typeDefinition', type.reference.$ref)];
  return [...(type?.types ?? []), ...(type?.element === undefined ? [] : [type.element])].flatMap(definitionsOf);
}

function schemaOf(type: string): string[] {
  const [resource] = spec.lookup('resource', 'cloudFormationType', 'equals', type);
  return [...new Set(leavesOf(resource!.properties as unknown as SchemaProperties))];
}

/** What CloudFormation has had since this version of its schema. */
const NEWER: readonly string[] = [
  ...[
    'Monitoring',
    'GatewayConnectors',
    'DeploymentConfiguration.EarlySuccessCriteria',
    'DeploymentConfiguration.LifecycleHooks.TargetType',
  ],
  ...['DeploymentConfiguration.LifecycleHooks.TimeoutConfiguration', 'EvaluationWindow', 'EvaluationCriteria', 'EvaluationInterval'],
  ...['WarmUpConfiguration', 'Tags'],
  // of the target group that ECS creates for a service in Express Mode.
  'ExpressMode',
  // what this reader accepts, and the schema has in alarms only.
  ...['TargetTrackingScalingPolicyConfiguration.CustomizedMetricSpecification.Period'],
  'TargetTrackingScalingPolicyConfiguration.CustomizedMetricSpecification.Metrics.MetricStat.Period',
];

describe.each(Object.entries(PROPERTY_TABLES))('each property of %s', (type, table) => {
  test('is read, has no effect, or is named with what is assumed', () => {
    const leaves = schemaOf(type);
    expect(leaves.length).toBeGreaterThan(5);
    expect(leaves.filter((path) => propertyRow(table, path) === undefined)).toEqual([]);
  });

  test('of the table is one of the schema', () => {
    const leaves = [...schemaOf(type), ...NEWER];
    const isKnown = (row: string): boolean => leaves.some((path) => path === row || path.startsWith(`${row}.`));
    expect(rowsOf(table).filter((row) => !isKnown(row))).toEqual([]);
  });
});

function rowsOf({ read, references, withoutEffect, assumed }: PropertyTable): readonly string[] {
  return [...read, ...references, ...withoutEffect, ...Object.keys(assumed)];
}

test('each attribute of a target group and of a load balancer is read, has no effect, or is named with what is assumed', () => {
  const keysOf = (type: string) => PROPERTY_TABLES[`AWS::ElasticLoadBalancingV2::${type}`]!.attributes!.keys;
  const { application, network } = LOAD_BALANCER_ATTRIBUTES;
  const unknown = [
    ...Object.keys(TARGET_GROUP_ATTRIBUTES).filter((key) => attributeRow(keysOf('TargetGroup'), key) === undefined),
    ...Object.keys({ ...application, ...network }).filter((key) => attributeRow(keysOf('LoadBalancer'), key) === undefined),
  ];
  expect(unknown).toEqual([]);
});

const CPU = tracking({ TargetValue: 50, PredefinedMetricSpecification: { PredefinedMetricType: 'ECSServiceAverageCPUUtilization' } });

test.each<[object, string]>([
  [{ PlacementStrategies: [{ Type: 'binpack', Field: 'MEMORY' }] }, 'Shop PlacementStrategies: tasks are spread evenly over the zones'],
  [{ PlatformVersion: '1.3.0' }, 'Shop PlatformVersion 1.3.0: the launch of platform version 1.4.0 is assumed'],
  [{ SchedulingStrategy: 'DAEMON' }, 'Shop SchedulingStrategy DAEMON: the tasks of a replica service are assumed'],
  [
    { ServiceConnectConfiguration: { Enabled: true } },
    'Shop ServiceConnectConfiguration: requests of other services and the CPU of its proxy are not simulated',
  ],
  [
    { DeploymentController: { Type: 'EXTERNAL' } },
    'Shop DeploymentController EXTERNAL: another program decides how a deployment goes, a rolling deployment of ECS is simulated',
  ],
  [
    { CapacityProviderStrategy: [{ CapacityProvider: 'instances', Weight: 1 }] },
    'Shop CapacityProviderStrategy instances: instances, their launch and their price are not simulated: tasks start and cost as on Fargate',
  ],
  [
    { DeploymentConfiguration: { Strategy: { Ref: 'How' } } },
    "Shop DeploymentConfiguration.Strategy: only a deployment knows it, the default is assumed: give it with --parameter 'How=…', or in the parameters of Plan.ofTemplate",
  ],
  [
    { DeploymentConfiguration: { BakeAgain: 5 } },
    'Shop DeploymentConfiguration.BakeAgain: the forecast does not know this property, and goes on without it',
  ],
])('a service with %j is named', (service, text) => {
  expect(readService({ Cpu: CPU }, {}, service).ignored).toEqual([text]);
});

test.each([
  { PlatformVersion: 'LATEST', SchedulingStrategy: 'REPLICA', EnableExecuteCommand: true, Tags: [{ Key: 'team', Value: 'shop' }] },
  { DeploymentController: { Type: 'ECS' }, LaunchType: 'FARGATE', PropagateTags: 'SERVICE' },
])('a service with %j is followed without a word', (service) => {
  expect(readService({ Cpu: CPU }, {}, service).ignored).toEqual([]);
});

test('target groups, their attributes, containers and alarms are named too', () => {
  const { ignored } = readService({
    Cpu: CPU,
    Targets: {
      Type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
      Properties: {
        ProtocolVersion: 'GRPC',
        HealthCheckPort: '9000',
        TargetGroupAttributes: [
          { Key: 'target_group_health.dns_failover.minimum_healthy_targets.count', Value: '2' },
          { Key: 'stickiness.enabled', Value: 'false' },
          { Key: 'made.of.nothing', Value: '1' },
        ],
      },
    },
    Task: {
      Type: 'AWS::ECS::TaskDefinition',
      Properties: {
        Cpu: 256,
        Memory: 512,
        RuntimePlatform: { OperatingSystemFamily: 'WINDOWS_SERVER_2022_CORE' },
        ContainerDefinitions: [{ Name: 'web', Memory: 400, ResourceRequirements: [{ Type: 'GPU', Value: '1' }] }],
      },
    },
  });
  expect(ignored).toEqual([
    'Task web Memory 400: the memory of the task is the limit',
    'Task RuntimePlatform.OperatingSystemFamily WINDOWS_SERVER_2022_CORE: the launch and the price of Linux are assumed',
    'Task ContainerDefinitions.ResourceRequirements: accelerators and their price are left out',
    'Targets ProtocolVersion GRPC: its calls are simulated as HTTP requests',
    'Targets HealthCheckPort 9000: the port of the requests is checked',
    'Targets target_group_health.dns_failover.minimum_healthy_targets.count: requests are sent to all targets only if none is healthy',
    'Targets made.of.nothing: the forecast does not know this attribute, and goes on without it',
  ]);
});

describe('a Network Load Balancer', () => {
  const added = {
    Cpu: CPU,
    Balancer: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: { Type: 'network' } },
    Targets: { Type: 'AWS::ElasticLoadBalancingV2::TargetGroup', Properties: { Protocol: 'TCP' } },
  };
  const requests = tracking({ TargetValue: 600, PredefinedMetricSpecification: { PredefinedMetricType: 'ALBRequestCountPerTarget' } });

  test('is named, and has no request metric to scale on', () => {
    const { plan, ignored } = readService({ ...added, Requests: requests });
    expect(plan.policy.targetTracking.map(({ name }) => name)).toEqual(['Cpu']);
    expect(ignored.slice(0, 2)).toEqual([
      'Targets is behind a Network Load Balancer: its requests, health check and price are simulated as those of an application load balancer',
      'Requests (ALBRequestCountPerTarget): a Network Load Balancer has no such metric, so the policy never scales',
    ]);
  });
});

test('a policy on the requests of a second target group is named', () => {
  const { ignored } = readService(
    {
      Other: { Type: 'AWS::ElasticLoadBalancingV2::TargetGroup' },
      Requests: tracking({
        TargetValue: 600,
        PredefinedMetricSpecification: {
          PredefinedMetricType: 'ALBRequestCountPerTarget',
          // biome-ignore lint/suspicious/noTemplateCurlyInString: this is how CloudFormation writes it.
          ResourceLabel: { 'Fn::Sub': '${Balancer.LoadBalancerFullName}/${Other.TargetGroupFullName}' },
        },
      }),
    },
    {},
    {
      LoadBalancers: ['Targets', 'Other'].map((Ref) => ({ ContainerName: 'web', ContainerPort: 80, TargetGroupArn: { Ref } })),
    },
  );
  expect(ignored).toEqual([
    'Shop LoadBalancers Other: all requests are assumed to come through Targets',
    'Requests has the requests of Other: the requests of all target groups are taken for it',
  ]);
});
