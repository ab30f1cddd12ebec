import { join } from 'node:path';
import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import { expect, test } from 'vitest';

const FILE = join(__dirname, '../../../src/lint/updates/create-only-properties.ts');

/** The types that a load-balanced service and what it uses consist of. */
const TYPES = [
  ...['Service', 'TaskDefinition', 'Cluster', 'ClusterCapacityProviderAssociations'].map((name) => `AWS::ECS::${name}`),
  ...['LoadBalancer', 'Listener', 'ListenerRule', 'ListenerCertificate', 'TargetGroup'].map(
    (name) => `AWS::ElasticLoadBalancingV2::${name}`,
  ),
  ...['ScalableTarget', 'ScalingPolicy'].map((name) => `AWS::ApplicationAutoScaling::${name}`),
  ...['VPC', 'Subnet', 'RouteTable', 'Route', 'SubnetRouteTableAssociation', 'VPCGatewayAttachment', 'NatGateway', 'EIP'].map(
    (name) => `AWS::EC2::${name}`,
  ),
  ...['SecurityGroup', 'SecurityGroupIngress', 'SecurityGroupEgress', 'VPCEndpoint', 'FlowLog', 'VPCCidrBlock'].map(
    (name) => `AWS::EC2::${name}`,
  ),
  ...['EgressOnlyInternetGateway'].map((name) => `AWS::EC2::${name}`),
  ...['Role', 'ManagedPolicy'].map((name) => `AWS::IAM::${name}`),
  ...['Alarm', 'Dashboard', 'AlarmMuteRule'].map((name) => `AWS::CloudWatch::${name}`),
  ...['Bucket', 'BucketPolicy'].map((name) => `AWS::S3::${name}`),
  ...['WebACL', 'WebACLAssociation', 'LoggingConfiguration'].map((name) => `AWS::WAFv2::${name}`),
  ...['Service', 'PrivateDnsNamespace'].map((name) => `AWS::ServiceDiscovery::${name}`),
  ...['AWS::Logs::LogGroup', 'AWS::Route53::RecordSet', 'AWS::CertificateManager::Certificate', 'AWS::SNS::Topic'],
  ...['AWS::Lambda::Function', 'AWS::Events::Rule', 'AWS::ECR::Repository', 'AWS::EC2::LaunchTemplate', 'AWS::ECS::CapacityProvider'],
  ...['AutoScalingGroup', 'ScalingPolicy', 'ScheduledAction', 'WarmPool', 'LifecycleHook'].map((name) => `AWS::AutoScaling::${name}`),
];

/** `npx vitest run test/lint/updates -u` writes it anew, where the CloudFormation schema has changed. */
test('create-only properties are those of the CloudFormation schema', async () => {
  const specification = loadAwsServiceSpecSync();
  const rows = TYPES.map((type) => {
    const [resource] = specification.lookup('resource', 'cloudFormationType', 'equals', type);
    const properties = Object.entries(resource!.properties).filter(([, { causesReplacement }]) => causesReplacement === 'yes');
    return `  '${type}': [${properties
      .map(([name]) => `'${name}'`)
      .sort()
      .join(', ')}],`;
  });
  await expect(`${HEAD}${rows.join('\n')}\n};\n`).toMatchFileSnapshot(FILE);
});

const HEAD = `/**
 * The create-only properties of each type: if one of them changes, CloudFormation replaces the resource.
 *
 * Written by \`npx vitest run test/lint/updates -u\` from the CloudFormation schema.
 */
// biome-ignore format: written by a test
export const CREATE_ONLY_PROPERTIES: Readonly<Record<string, readonly string[]>> = {
`;
