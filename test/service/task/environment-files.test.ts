import type { Stack } from 'aws-cdk-lib';
import type { Template } from 'aws-cdk-lib/assertions';
import { ContainerImage, EnvironmentFile, FargateTaskDefinition, FirelensLogRouterType, LogDrivers } from 'aws-cdk-lib/aws-ecs';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { expect, test } from 'vitest';
import type { ScalableStatelessServiceProps } from '../../../src';
import { propertiesOf, synthesize } from '../../synthesize';

const IMAGE = ContainerImage.fromRegistry('123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop:7');

function filesIn(stack: Stack): EnvironmentFile[] {
  return [EnvironmentFile.fromBucket(Bucket.fromBucketName(stack, 'Files', 'settings'), 'prod.env')];
}

function ownDefinition(stack: Stack): FargateTaskDefinition {
  const taskDefinition = new FargateTaskDefinition(stack, 'Own');
  taskDefinition.addContainer('app', { image: IMAGE, portMappings: [{ containerPort: 80 }] });
  taskDefinition.addContainer('agent', { image: IMAGE, environmentFiles: filesIn(stack) });
  return taskDefinition;
}

const FIRELENS = { image: IMAGE, logDriver: LogDrivers.firelens({ options: { Name: 'http' } }) };
const ROUTER = { image: IMAGE, firelensConfig: { type: FirelensLogRouterType.FLUENTBIT } };

const arnOf = (name: string) => ({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:s3:::${name}`]] });
const READ = { Action: 's3:GetObject', Effect: 'Allow', Resource: arnOf('settings/prod.env') };
const LOCATE = { Action: 's3:GetBucketLocation', Effect: 'Allow', Resource: arnOf('settings') };

test.each<[string, (stack: Stack) => ScalableStatelessServiceProps]>([
  ['the container', (stack) => ({ image: IMAGE, environmentFiles: filesIn(stack) })],
  ['a sidecar', (stack) => ({ image: IMAGE, sidecars: { agent: { image: IMAGE, environmentFiles: filesIn(stack) } } })],
  ['the log router', (stack) => ({ ...FIRELENS, logRouter: { ...ROUTER, environmentFiles: filesIn(stack) } })],
  ['a task definition of the caller', (stack) => ({ taskDefinition: ownDefinition(stack) })],
  [
    'a service with an execution role of the caller',
    (stack) => ({
      image: IMAGE,
      executionRole: new Role(stack, 'Pull', { assumedBy: new ServicePrincipal('ecs-tasks.amazonaws.com') }),
      environmentFiles: filesIn(stack),
    }),
  ],
])('ECS may read the environment files of %s, and these objects only', (_, props) => {
  const { template } = synthesize(props);
  const statements = statementsOf(template);
  expect(statements).toContainEqual(READ);
  expect(statements).toContainEqual(LOCATE);
  expect(JSON.stringify(propertiesOf(template, 'AWS::ECS::TaskDefinition'))).toContain('EnvironmentFiles');
});

test('each permission on a file has a policy of its own, which stays until no old task can need it', () => {
  const { template } = synthesize((stack) => ({ image: IMAGE, environmentFiles: filesIn(stack) }));
  const policies = Object.values(template.findResources('AWS::IAM::Policy')).map(({ Properties }) => Properties.PolicyDocument.Statement);
  expect(policies).toContainEqual([READ]);
  expect(policies).toContainEqual([LOCATE]);
});

function statementsOf(template: Template): unknown[] {
  const policies = Object.values(template.findResources('AWS::IAM::Policy'));
  return policies.flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
}
