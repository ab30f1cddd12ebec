import { existingVpc, https, ownImage, type Variant, variant } from './variant';

/** Every kind of network. */
export const NETWORK_VARIANTS: readonly Variant[] = [
  variant('the defaults', https),
  variant('plain HTTP', () => ({}), { chosenFindings: ['EC23'] }),
  variant('an internal service with HTTPS in a VPC of its own', (stack, library) => ({ ...https(stack, library), internetFacing: false })),
  variant('an internal service in a VPC of the app', (stack, library) => ({
    ...https(stack, library),
    vpc: vpcOf(stack, library),
    internetFacing: false,
  })),
  variant('an internal service in an existing VPC, with selected subnets', (stack, library) => {
    const { SubnetType } = library.cdk.aws_ec2;
    return {
      ...https(stack, library),
      ...existingVpc(stack, library),
      internetFacing: false,
      taskSubnets: { subnetType: SubnetType.PRIVATE_WITH_EGRESS },
      loadBalancerSubnets: { subnetType: SubnetType.PRIVATE_WITH_EGRESS },
    };
  }),
  variant('private subnets with one NAT gateway', (stack, library) => ({
    ...https(stack, library),
    network: library.ours.Network.privateWithNat(1),
  })),
  variant('public subnets', (stack, library) => ({ ...https(stack, library), network: library.ours.Network.public() })),
  variant('a small VPC of three zones', (stack, library) => ({ ...https(stack, library), vpcCidr: '10.9.0.0/22', maxAzs: 3 })),
  variant('a VPC without flow logs', (stack, library) => ({ ...https(stack, library), flowLogs: false }), { chosenFindings: ['VPC7'] }),
  variant('security groups of the caller', (stack, library) => {
    const { SecurityGroup } = library.cdk.aws_ec2;
    return {
      ...https(stack, library),
      ...existingVpc(stack, library),
      taskSecurityGroups: [SecurityGroup.fromSecurityGroupId(stack, 'Tasks', 'sg-11111111')],
      loadBalancerSecurityGroup: SecurityGroup.fromSecurityGroupId(stack, 'Balancer', 'sg-22222222'),
    };
  }),
  variant('a cluster of the app, whose sessions of ECS Exec have a log and a bucket', (stack, library) => {
    const { aws_ecs: ecs, aws_logs: logs, aws_s3: s3 } = library.cdk;
    const vpc = vpcOf(stack, library);
    const cluster = new ecs.Cluster(stack, 'Fleet', {
      vpc,
      containerInsightsV2: ecs.ContainerInsights.ENHANCED,
      executeCommandConfiguration: {
        logging: ecs.ExecuteCommandLogging.OVERRIDE,
        logConfiguration: {
          cloudWatchLogGroup: new logs.LogGroup(stack, 'Sessions'),
          s3Bucket: s3.Bucket.fromBucketName(stack, 'SessionFiles', 'sessions'),
        },
      },
    });
    return { ...https(stack, library), ...ownImage(library), cluster, enableExecuteCommand: true };
  }),
  variant('dual stack', (stack, library) => ({
    ...https(stack, library),
    ipAddressType: library.cdk.aws_elasticloadbalancingv2.IpAddressType.DUAL_STACK,
  })),
];

/** A VPC that the app creates, as a team would that passes its rule packs. */
function vpcOf(stack: Parameters<Variant['props']>[0], { cdk }: Parameters<Variant['props']>[1]) {
  const vpc = new cdk.aws_ec2.Vpc(stack, 'Net', { maxAzs: 2, natGateways: 1, ipAddresses: cdk.aws_ec2.IpAddresses.cidr('10.8.0.0/16') });
  vpc.addFlowLog('Flows');
  return vpc;
}
