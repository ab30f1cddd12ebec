import { Match } from 'aws-cdk-lib/assertions';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { describe, expect, test } from 'vitest';
import type { ScalableStatelessServiceProps } from '../../../src';
import { DEFAULTS } from '../../../src/plan/default-plan';
import { FLAG_SETS, idOf, propertiesOf, synthesize } from '../../synthesize';

const TASK_DEFINITION = 'AWS::ECS::TaskDefinition';

interface Container {
  readonly Environment: unknown;
  readonly [property: string]: unknown;
}

function containerOf(props: ScalableStatelessServiceProps): Container {
  const { template } = synthesize(props);
  return (propertiesOf(template, TASK_DEFINITION)['ContainerDefinitions'] as Container[])[0]!;
}

/** What a policy allows, in an order that feature flags do not change. */
function statementsOf(policy: Record<string, unknown>): { actions: string[]; resource: string }[] {
  const { Statement } = policy['PolicyDocument'] as { Statement: { Action: string | string[]; Resource: unknown }[] };
  return Statement.map(({ Action, Resource }) => ({ actions: [Action].flat().sort(), resource: JSON.stringify(Resource) }));
}

describe.each(FLAG_SETS)('a task %s', (_, flags) => {
  const { template } = synthesize({}, flags);

  test('has the default size, on the processor that the image is built for', () => {
    expect(propertiesOf(template, TASK_DEFINITION)).toMatchObject({
      Cpu: String(DEFAULTS.cpu),
      Memory: String(DEFAULTS.memoryLimitMiB),
      NetworkMode: 'awsvpc',
      RequiresCompatibilities: ['FARGATE'],
      RuntimePlatform: { CpuArchitecture: 'ARM64', OperatingSystemFamily: 'LINUX' },
    });
  });

  test('may do nothing: its role has no policy', () => {
    const role = idOf(template, 'AWS::IAM::Role', 'TaskRole');
    expect(propertiesOf(template, TASK_DEFINITION)['TaskRoleArn']).toEqual({ 'Fn::GetAtt': [role, 'Arn'] });
    template.hasResource('AWS::IAM::Role', { Properties: { Policies: Match.absent(), ManagedPolicyArns: Match.absent() } });
    const policies = Object.values(template.findResources('AWS::IAM::Policy')).map((policy) => policy['Properties'].Roles);
    expect(policies).not.toContainEqual([{ Ref: role }]);
  });

  test('is started by a role that may pull its image and write its log, and nothing else', () => {
    const role = idOf(template, 'AWS::IAM::Role', 'ExecutionRole');
    expect(propertiesOf(template, TASK_DEFINITION)['ExecutionRoleArn']).toEqual({ 'Fn::GetAtt': [role, 'Arn'] });
    const policies = ['ExecutionRoleStart', 'ExecutionRoleDefaultPolicy', 'RegistryLogin'].map((part) =>
      propertiesOf(template, 'AWS::IAM::Policy', part),
    );
    expect(policies.map(({ Roles }) => Roles)).toEqual([[{ Ref: role }], [{ Ref: role }], [{ Ref: role }]]);
    expect(policies.flatMap(statementsOf)).toEqual([
      {
        actions: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
        resource: expect.stringContaining('cdk-hnb659fds-container-assets'),
      },
      {
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resource: `{"Fn::GetAtt":["${idOf(template, 'AWS::Logs::LogGroup', 'SearchLogGroup')}","Arn"]}`,
      },
      { actions: ['ecr:GetAuthorizationToken'], resource: '"*"' },
    ]);
  });

  test('writes a log that is kept for a month and goes with the stack', () => {
    template.hasResource('AWS::Logs::LogGroup', { Properties: { RetentionInDays: 30 }, DeletionPolicy: 'Delete' });
  });
});

describe('the container', () => {
  test('gets time to finish, and no variables that it does not need', () => {
    const container = containerOf({});
    expect(container.Environment).toBeUndefined();
    expect(container).toMatchObject({
      Name: 'web',
      PortMappings: [{ ContainerPort: DEFAULTS.containerPort, Protocol: 'tcp' }],
      StopTimeout: DEFAULTS.stopTimeoutSeconds,
    });
  });

  test('is given longer to finish than the load balancer takes to let go of it', () => {
    expect(DEFAULTS.stopTimeoutSeconds).toBeGreaterThan(DEFAULTS.deregistrationDelaySeconds);
  });

  test('gets its port where it is an image of the caller', () => {
    const image = ContainerImage.fromRegistry('shop:7');
    expect(containerOf({ image }).Environment).toEqual([{ Name: 'PORT', Value: String(DEFAULTS.containerPort) }]);
  });

  test('gets its port with other variables', () => {
    expect(containerOf({ containerPort: 80, environment: { MODE: 'fast' } }).Environment).toEqual([
      { Name: 'PORT', Value: '80' },
      { Name: 'MODE', Value: 'fast' },
    ]);
  });

  test('keeps the PORT that it is given', () => {
    expect(containerOf({ environment: { PORT: '127.0.0.1:8080' } }).Environment).toEqual([{ Name: 'PORT', Value: '127.0.0.1:8080' }]);
  });

  test('has the size that it is given', () => {
    const { template } = synthesize({ cpu: 1024, memoryLimitMiB: 3072 });
    expect(propertiesOf(template, TASK_DEFINITION)).toMatchObject({ Cpu: '1024', Memory: '3072' });
  });

  test('is pulled from the repository that it is given, by a role that may pull from there', () => {
    const { template } = synthesize((stack) => ({ image: ContainerImage.fromEcrRepository(new Repository(stack, 'Images'), '7') }));
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: Match.arrayWith([Match.objectLike({ Resource: { 'Fn::GetAtt': [idOf(template, 'AWS::ECR::Repository'), 'Arn'] } })]),
      },
    });
  });
});
