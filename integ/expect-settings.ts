import { IntegTest } from '@aws-cdk/integ-tests-alpha';
import { type App, RemovalPolicy, type Stack } from 'aws-cdk-lib';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { Network, type ScalableStatelessService, type ScalableStatelessServiceProps } from 'cdk-scalable-stateless-service';
import { exactly, expectAtPath, expectTargetGroupAttribute, inOrder, type Steps } from 'cdk-scalable-stateless-service/integ';

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

/** Values that AWS is expected to return about a service, each by its path. */
export interface ExpectedSettings {
  /** Fields of each scaling policy, by its name. */
  readonly policies: Readonly<Record<string, Readonly<Record<string, string | number>>>>;

  /** Fields of the deployment configuration of the service. */
  readonly deploymentConfiguration?: Readonly<Record<string, string | number>>;

  /** Attributes of the target group. */
  readonly targetGroupAttributes?: Readonly<Record<string, string>>;
}

/** A test of one stack. Its assertions are in a separate stack. */
export function testOf(app: App, name: string, stack: Stack): IntegTest {
  return new IntegTest(app, name, { testCases: [stack] });
}

/** Reads the settings of the service from AWS, one value with each call, and compares them. */
export function expectSettings(integ: IntegTest, tested: ScalableStatelessService, expected: ExpectedSettings): Steps {
  return inOrder(
    ...Object.entries(expected.policies).flatMap(([name, fields]) => expectPolicy(integ, tested, name, fields)),
    ...expectDeploymentConfiguration(integ, tested, expected.deploymentConfiguration ?? {}),
    ...Object.entries(expected.targetGroupAttributes ?? {}).map(([key, value]) => expectTargetGroupAttribute(integ, tested, key, value)),
  );
}

function expectPolicy(
  integ: IntegTest,
  { cluster, service }: ScalableStatelessService,
  name: string,
  fields: Readonly<Record<string, string | number>>,
): Steps {
  const parameters = {
    ServiceNamespace: 'ecs',
    ResourceId: `service/${cluster.clusterName}/${service.serviceName}`,
    PolicyNames: [name],
  };
  return Object.entries({ PolicyName: name, ...fields }).map(([field, value]) =>
    expectAtPath(
      integ,
      { service: 'application-auto-scaling', api: 'describeScalingPolicies', parameters, path: `ScalingPolicies.0.${field}` },
      exactly(value),
    ),
  );
}

function expectDeploymentConfiguration(
  integ: IntegTest,
  { cluster, service }: ScalableStatelessService,
  fields: Readonly<Record<string, string | number>>,
): Steps {
  const parameters = { cluster: cluster.clusterArn, services: [service.serviceName] };
  return Object.entries(fields).map(([field, value]) =>
    expectAtPath(
      integ,
      { service: 'ecs', api: 'describeServices', parameters, path: `services.0.deploymentConfiguration.${field}` },
      exactly(value),
    ),
  );
}
