import { ExpectedResult, type IApiCall, IntegTest, Match } from '@aws-cdk/integ-tests-alpha';
import { type App, RemovalPolicy, type Stack } from 'aws-cdk-lib';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { Network, type ScalableStatelessService, type ScalableStatelessServiceProps } from 'cdk-scalable-stateless-service';

/** A small server that anybody can pull, from a network that lets it, and of which nothing stays behind. */
export const SMALL: ScalableStatelessServiceProps = {
  image: ContainerImage.fromRegistry('public.ecr.aws/nginx/nginx:stable'),
  containerPort: 80,
  healthCheck: { path: '/' },
  // it writes its configuration when it starts.
  readonlyRootFilesystem: false,
  network: Network.publicSubnets(),
  logRemovalPolicy: RemovalPolicy.DESTROY,
  // another number is another deployment of the same app.
  maxCapacity: Number(process.env['MAX_TASKS'] ?? 6),
};

/** What AWS is expected to say of a service. */
export interface ReadBack {
  /** Names of scaling policies, each with what is expected of it. */
  readonly policies: Readonly<Record<string, object>>;
  readonly deploymentConfiguration?: object;
  readonly targetGroupAttributes?: Readonly<Record<string, string>>;
}

/**
 * A test of one stack.
 *
 * Its assertions stand in a stack of their own, which is not compared with the snapshot: each of them holds the time at which it was
 * synthesized. An endpoint that stands in for AWS may know no exports between stacks: there they stand in the same one.
 */
export function testOf(app: App, name: string, stack: Stack): IntegTest {
  const assertionStack = process.env.AWS_ENDPOINT_URL === undefined ? undefined : stack;
  return new IntegTest(app, name, { testCases: [stack], assertionStack });
}

/** Asks AWS for what the service was told, and compares. */
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
