import { ContainerImage, FirelensLogRouterType, LogDrivers } from 'aws-cdk-lib/aws-ecs';
import { expect, test } from 'vitest';
import type { ScalableStatelessServiceProps } from '../../../src';
import { idOf, propertiesOf, synthesize } from '../../synthesize';

const IMAGE = ContainerImage.fromRegistry('123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop:7');
const ROUTER = ContainerImage.fromRegistry('123456789012.dkr.ecr.eu-west-1.amazonaws.com/router:1');
const FIRELENS = { image: IMAGE, logDriver: LogDrivers.firelens({ options: { Name: 'http', Host: 'logs.example.com' } }) };

function synthesizedContainers(props: ScalableStatelessServiceProps) {
  const { template } = synthesize(props);
  const containers = propertiesOf(template, 'AWS::ECS::TaskDefinition')['ContainerDefinitions'] as Record<string, unknown>[];
  return { template, containers };
}

test('FireLens adds a log router, whose own log is in the log group of the service', () => {
  const { template, containers } = synthesizedContainers(FIRELENS);
  expect(containers.map(({ Name }) => Name)).toEqual(['web', 'log-router']);
  expect(containers[0]).toMatchObject({ LogConfiguration: { LogDriver: 'awsfirelens', Options: { Name: 'http' } } });
  const logGroup = { Ref: idOf(template, 'AWS::Logs::LogGroup', 'SearchLogGroup') };
  expect(containers[1]).toMatchObject({
    FirelensConfiguration: { Type: 'fluentbit' },
    MemoryReservation: 50,
    LogConfiguration: { LogDriver: 'awslogs', Options: { 'awslogs-group': logGroup, 'awslogs-stream-prefix': 'log-router' } },
  });
  expect(JSON.stringify(containers[1]!['Image'])).toContain('SsmParameter');
});

test('the log router of the props replaces it', () => {
  const logRouter = { image: ROUTER, firelensConfig: { type: FirelensLogRouterType.FLUENTD }, memoryReservationMiB: 100 };
  const { containers } = synthesizedContainers({ ...FIRELENS, logRouter });
  expect(containers[1]).toMatchObject({
    Name: 'log-router',
    Image: expect.stringContaining('router:1'),
    FirelensConfiguration: { Type: 'fluentd' },
    MemoryReservation: 100,
  });
});

test('the load balancer sends requests to the container, not to the log router', () => {
  const { template } = synthesizedContainers(FIRELENS);
  expect(propertiesOf(template, 'AWS::ECS::Service')['LoadBalancers']).toMatchObject([{ ContainerName: 'web', ContainerPort: 8080 }]);
});
