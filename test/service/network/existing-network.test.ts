import { Stack } from 'aws-cdk-lib';
import { type IVpc, SecurityGroup, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Cluster } from 'aws-cdk-lib/aws-ecs';
import { ApplicationListener, ApplicationLoadBalancer, ListenerAction, ListenerCondition } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { describe, expect, test } from 'vitest';
import type { ScalableStatelessServiceProps } from '../../../src';
import { newApp, propertiesOf, refusals, synthesize } from '../../synthesize';

const PUBLIC = { name: 'Public', subnetType: SubnetType.PUBLIC };
const EGRESS = { name: 'Egress', subnetType: SubnetType.PRIVATE_WITH_EGRESS };
const ISOLATED = { name: 'Isolated', subnetType: SubnetType.PRIVATE_ISOLATED };

function vpcWith(stack: Stack, subnets: (typeof PUBLIC)[], maxAzs = 2): Vpc {
  return new Vpc(stack, 'Net', { maxAzs, subnetConfiguration: subnets });
}

/** The subnets that the tasks of a service are put into. */
function taskSubnets(vpcOf: (stack: Stack) => IVpc): unknown {
  const { template } = synthesize((stack) => ({ vpc: vpcOf(stack) }));
  const network = propertiesOf(template, 'AWS::ECS::Service')['NetworkConfiguration'] as { AwsvpcConfiguration: { Subnets: unknown } };
  return network.AwsvpcConfiguration.Subnets;
}

describe('a VPC of the caller', () => {
  test('has its tasks in the private subnets with a way out, where there are any', () => {
    expect(taskSubnets((stack) => vpcWith(stack, [PUBLIC, EGRESS, ISOLATED]))).toEqual([
      { Ref: expect.stringContaining('EgressSubnet1') },
      { Ref: expect.stringContaining('EgressSubnet2') },
    ]);
  });

  test('has its tasks in the isolated subnets, where there are no others', () => {
    expect(taskSubnets((stack) => vpcWith(stack, [PUBLIC, ISOLATED]))).toEqual([
      { Ref: expect.stringContaining('IsolatedSubnet1') },
      { Ref: expect.stringContaining('IsolatedSubnet2') },
    ]);
  });

  test('is left as it is: no other VPC, and no endpoint', () => {
    const { template, service } = synthesize((stack) => ({ vpc: vpcWith(stack, [PUBLIC, ISOLATED]) }));
    template.resourceCountIs('AWS::EC2::VPC', 1);
    template.resourceCountIs('AWS::EC2::VPCEndpoint', 0);
    expect(service.vpc.node.path).toBe('Shop/Net');
  });

  test('has a route before the first task starts', () => {
    const { template } = synthesize((stack) => ({ vpc: vpcWith(stack, [PUBLIC, EGRESS]) }));
    const [service] = Object.values(template.findResources('AWS::ECS::Service'));
    expect(service!['DependsOn']).toContainEqual(expect.stringMatching(/NetEgressSubnet1DefaultRoute/));
  });

  test('lets tasks call anything', () => {
    const { template } = synthesize((stack) => ({ vpc: vpcWith(stack, [PUBLIC, EGRESS]) }));
    template.hasResourceProperties('AWS::EC2::SecurityGroup', {
      GroupDescription: 'Tasks: in from the load balancer',
      SecurityGroupEgress: [{ CidrIp: '0.0.0.0/0', IpProtocol: '-1', Description: 'Allow all outbound traffic by default' }],
    });
  });

  test('may be imported', () => {
    expect(taskSubnets((stack) => imported(stack, 'vpc-1'))).toEqual(['subnet-3', 'subnet-4']);
  });
});

describe('a cluster of the caller', () => {
  test('brings its VPC along', () => {
    const { template, service } = synthesize((stack) => ({
      cluster: new Cluster(stack, 'Cluster', { vpc: vpcWith(stack, [PUBLIC, ISOLATED]) }),
    }));
    template.resourceCountIs('AWS::ECS::Cluster', 1);
    template.resourceCountIs('AWS::EC2::VPC', 1);
    expect(service.cluster.node.path).toBe('Shop/Cluster');
    expect(service.vpc).toBe(service.cluster.vpc);
  });

  test('may be given together with its VPC, even imported twice', () => {
    const refused = refusals((stack) => ({
      vpc: imported(stack, 'vpc-1'),
      cluster: new Cluster(stack, 'Cluster', { vpc: imported(stack, 'vpc-1', 'Again') }),
    }));
    expect(refused).toEqual([]);
  });
});

describe('refused', () => {
  test.each([
    [[PUBLIC], 2, 'vpc must have private subnets for the tasks, or use network: Network.public(), got none'],
    [[ISOLATED], 2, 'vpc must have public subnets in at least two zones for the load balancer, or use internetFacing: false, got 0'],
    [
      [PUBLIC, ISOLATED],
      1,
      'vpc must have public subnets in at least two zones for the load balancer, or use internetFacing: false, got 1',
    ],
  ])('%j over %d zones', (subnets, zones, error) => {
    expect(refusals((stack) => ({ vpc: vpcWith(stack, subnets, zones) }))).toEqual([error]);
  });

  test('a cluster whose VPC lacks subnets', () => {
    const refused = refusals((stack) => ({ cluster: new Cluster(stack, 'Cluster', { vpc: vpcWith(stack, [PUBLIC]) }) }));
    expect(refused).toEqual(['the VPC of cluster must have private subnets for the tasks, or use network: Network.public(), got none']);
  });

  test('a VPC and a cluster in another', () => {
    const refused = refusals((stack) => ({
      vpc: imported(stack, 'vpc-1'),
      cluster: new Cluster(stack, 'Cluster', { vpc: imported(stack, 'vpc-2', 'Other') }),
    }));
    expect(refused).toEqual(['vpc must be the VPC of cluster (vpc-2), got vpc-1']);
  });

  test('a VPC and a cluster in another, both of the same app', () => {
    const refused = refusals((stack) => ({
      vpc: vpcWith(stack, [PUBLIC, ISOLATED]),
      cluster: new Cluster(stack, 'Cluster', { vpc: new Vpc(stack, 'Other') }),
    }));
    expect(refused).toEqual(['vpc must be the VPC of cluster (Shop/Other), got Shop/Net']);
  });
});

describe('a listener of the caller', () => {
  const sharedIn = (stack: Stack, vpc: IVpc) => {
    const loadBalancer = new ApplicationLoadBalancer(stack, 'Shared', { vpc, internetFacing: true });
    const listener = loadBalancer.addListener('Http', { port: 80, defaultAction: ListenerAction.fixedResponse(404) });
    return { listener, conditions: [ListenerCondition.pathPatterns(['/shop/*'])], priority: 1 };
  };

  test('brings the VPC of its load balancer along', () => {
    const { template, service } = synthesize((stack) => sharedIn(stack, vpcWith(stack, [PUBLIC, EGRESS])));
    template.resourceCountIs('AWS::EC2::VPC', 1);
    expect(service.vpc.node.path).toBe('Shop/Net');
  });

  test('is refused with another VPC or a cluster in another', () => {
    const other = (stack: Stack) => new Vpc(stack, 'Other');
    const refusedWith = (props: (stack: Stack) => ScalableStatelessServiceProps) =>
      refusals((stack) => ({ ...sharedIn(stack, vpcWith(stack, [PUBLIC, EGRESS])), ...props(stack) }));
    expect(refusedWith((stack) => ({ vpc: other(stack) }))).toEqual(['vpc must be the VPC of listener (Shop/Net), got Shop/Other']);
    expect(refusedWith((stack) => ({ cluster: new Cluster(stack, 'Cluster', { vpc: other(stack) }) }))).toEqual([
      'the VPC of cluster must be the VPC of listener (Shop/Net), got Shop/Other',
    ]);
  });

  test('needs a VPC beside it where its load balancer does not know one', () => {
    const refused = refusals((stack) => {
      const { conditions, priority } = sharedIn(stack, vpcWith(stack, [PUBLIC, EGRESS]));
      const securityGroup = SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-1');
      const arn = (kind: string) => `arn:aws:elasticloadbalancing:eu-west-1:123456789012:${kind}/app/shared/1`;
      const listener = ApplicationListener.fromApplicationListenerAttributes(stack, 'Listener', {
        listenerArn: `${arn('listener')}/2`,
        securityGroup,
      });
      const loadBalancer = ApplicationLoadBalancer.fromApplicationLoadBalancerAttributes(stack, 'LoadBalancer', {
        loadBalancerArn: arn('loadbalancer'),
        securityGroupId: 'sg-1',
        loadBalancerDnsName: 'shared.example.com',
      });
      return { listener, loadBalancer, conditions, priority };
    });
    expect(refused).toEqual([
      'vpc must be given beside a load balancer whose VPC is not known: it is the VPC of that load balancer, got none',
    ]);
  });
});

test('a VPC whose id only the deployment knows is not compared with one that is written down', () => {
  const elsewhere = new Stack(newApp(), 'Elsewhere');
  const refused = refusals((stack) => ({
    vpc: vpcWith(stack, [PUBLIC, ISOLATED]),
    cluster: Cluster.fromClusterAttributes(elsewhere, 'Cluster', { clusterName: 'shared', vpc: imported(elsewhere, 'vpc-1') }),
  }));
  expect(refused).toEqual([]);
});

function imported(stack: Stack, vpcId: string, id = 'Imported'): IVpc {
  return Vpc.fromVpcAttributes(stack, id, {
    vpcId,
    availabilityZones: ['eu-west-1a', 'eu-west-1b'],
    publicSubnetIds: ['subnet-1', 'subnet-2'],
    privateSubnetIds: ['subnet-3', 'subnet-4'],
  });
}
