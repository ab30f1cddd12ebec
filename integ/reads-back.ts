import { ExpectedResult, type IApiCall, IntegTest, Match } from '@aws-cdk/integ-tests-alpha';
import { type App, RemovalPolicy, type Stack } from 'aws-cdk-lib';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { Network, type ScalableStatelessService, type ScalableStatelessServiceProps } from 'cdk-scalable-stateless-service';

/** A small server from a public image, in a network that can pull it; everything is deleted with the stack. */
export const SMALL: ScalableStatelessServiceProps = {
  image: ContainerImage.fromRegistry('public.ecr.aws/nginx/nginx:stable'),
  containerPort: 80,
  healthCheck: { path: '/' },
  // nginx writes its configuration at start.
  readonlyRootFilesystem: false,
  network: Network.public(),
  logRemovalPolicy: RemovalPolicy.DESTROY,
  // a new value forces a new deployment of the same app.
  maxCapacity: Number(process.env['MAX_TASKS'] ?? 6),
};

/** What AWS is expected to return about a service. */
export interface ReadBack {
  /** The expected fields of each scaling policy, by its name. */
  readonly policies: Readonly<Record<string, object>>;
  readonly deploymentConfiguration?: object;
  readonly targetGroupAttributes?: Readonly<Record<string, string>>;
}

/**
 * A test of one stack.
 *
 * Its assertions are in a separate stack, which is not compared with the snapshot: each of them contains the time at which it was
 * synthesized. An emulator of AWS may not support exports between stacks: there they are in the same stack.
 */
export function testOf(app: App, name: string, stack: Stack): IntegTest {
  const assertionStack = process.env.AWS_ENDPOINT_URL === undefined ? undefined : stack;
  return new IntegTest(app, name, { testCases: [stack], assertionStack });
}

/** Reads the settings of the service back from AWS, and compares them. */
export function readsBack(integ: IntegTest, { cluster, service, targetGroup }: ScalableStatelessService, expected: ReadBack): IApiCall {
  const policies = integ.assertions
    .awsApiCall('application-auto-scaling', 'describeScalingPolicies', {
      ServiceNamespace: 'ecs',
      ResourceId: `service/${cluster.clusterName}/${service.serviceName}`,
    })
    .expect(
      ExpectedResult.objectLike({
        ScalingPolicies: Match.arrayWith(
          Object.entries(expected.policies).map(([PolicyName, policy]) => Match.objectLike({ PolicyName, ...policy })),
        ),
      }),
    );
  const services = integ.assertions
    .awsApiCall('ECS', 'describeServices', { cluster: cluster.clusterArn, services: [service.serviceName] })
    .expect(ExpectedResult.objectLike({ services: [{ deploymentConfiguration: expected.deploymentConfiguration ?? {} }] }));
  const attributes = integ.assertions
    .awsApiCall('elastic-load-balancing-v2', 'describeTargetGroupAttributes', { TargetGroupArn: targetGroup.targetGroupArn })
    .expect(
      ExpectedResult.objectLike({
        Attributes: Match.arrayWith(
          Object.entries(expected.targetGroupAttributes ?? {}).map(([Key, Value]) => Match.objectLike({ Key, Value })),
        ),
      }),
    );
  return policies.next(services).next(attributes);
}
