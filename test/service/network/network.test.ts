import { type Stack, Token } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import { SecurityGroup, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { describe, expect, test } from 'vitest';
import { Network, type ScalableStatelessServiceProps } from '../../../src';
import { idOf, propertiesOf, refusals, synthesize } from '../../synthesize';

interface Placement {
  readonly AssignPublicIp: string;
  readonly Subnets: { Ref: string }[];
  readonly SecurityGroups: unknown[];
}

function placementOf(props: Parameters<typeof synthesize>[0]): Placement {
  const { template } = synthesize(props);
  const configuration = propertiesOf(template, 'AWS::ECS::Service')['NetworkConfiguration'] as { AwsvpcConfiguration: Placement };
  return configuration.AwsvpcConfiguration;
}

describe('a new network with NAT', () => {
  const { template } = synthesize({ network: Network.privateWithNat() });

  test('has a gateway in each zone, and no endpoint', () => {
    template.resourceCountIs('AWS::EC2::NatGateway', 2);
    template.resourceCountIs('AWS::EC2::VPCEndpoint', 0);
  });

  test('lets tasks call anything', () => {
    template.hasResourceProperties('AWS::EC2::SecurityGroup', {
      GroupDescription: 'Tasks: in from the load balancer',
      SecurityGroupEgress: [Match.objectLike({ CidrIp: '0.0.0.0/0', IpProtocol: '-1' })],
    });
  });

  test('starts no task before there is a way out', () => {
    const [service] = Object.values(template.findResources('AWS::ECS::Service'));
    expect(service!['DependsOn']).toContainEqual(expect.stringMatching(/VpcPrivateSubnet1DefaultRoute/));
  });

  test('has the number of gateways of the props', () => {
    synthesize({ network: Network.privateWithNat(1) }).template.resourceCountIs('AWS::EC2::NatGateway', 1);
  });
});

describe('a new network with public subnets only', () => {
  const props = { network: Network.public() };

  test('gives each task an address, and has neither gateways nor endpoints', () => {
    expect(placementOf(props)).toMatchObject({ AssignPublicIp: 'ENABLED' });
    const { template } = synthesize(props);
    template.resourceCountIs('AWS::EC2::Subnet', 2);
    template.resourceCountIs('AWS::EC2::NatGateway', 0);
    template.resourceCountIs('AWS::EC2::VPCEndpoint', 0);
  });

  test('allows only the load balancer to reach a task', () => {
    const { template } = synthesize(props);
    const tasks = { 'Fn::GetAtt': [idOf(template, 'AWS::EC2::SecurityGroup', 'Task'), 'GroupId'] };
    const ingress = Object.values(template.findResources('AWS::EC2::SecurityGroupIngress')).map((rule) => rule['Properties']);
    expect(ingress.filter((rule) => JSON.stringify(rule.GroupId) === JSON.stringify(tasks))).toEqual([
      expect.objectContaining({
        SourceSecurityGroupId: { 'Fn::GetAtt': [idOf(template, 'AWS::EC2::SecurityGroup', 'LoadBalancer'), 'GroupId'] },
        FromPort: 8080,
      }),
    ]);
  });
});

describe('a new network', () => {
  test('has the addresses and the zones that it is given', () => {
    const { template } = synthesize({ vpcCidr: '10.7.0.0/20', maxAzs: 2 });
    expect(propertiesOf(template, 'AWS::EC2::VPC')['CidrBlock']).toBe('10.7.0.0/20');
  });

  test('logs its connections for a month, in a log that goes with it', () => {
    const { template } = synthesize();
    expect(propertiesOf(template, 'AWS::EC2::FlowLog')).toMatchObject({
      ResourceType: 'VPC',
      TrafficType: 'ALL',
      LogGroupName: { Ref: idOf(template, 'AWS::Logs::LogGroup', 'FlowLogGroup') },
    });
    expect(propertiesOf(template, 'AWS::Logs::LogGroup', 'FlowLogGroup')).toMatchObject({ RetentionInDays: 30 });
  });

  test('logs none of them where flow logs are disabled', () => {
    const { template } = synthesize({ flowLogs: false });
    template.resourceCountIs('AWS::EC2::FlowLog', 0);
    template.resourceCountIs('AWS::Logs::LogGroup', 1);
  });
});

describe('a VPC of the caller', () => {
  const everyKind = (stack: Stack): Vpc =>
    new Vpc(stack, 'Net', {
      maxAzs: 2,
      subnetConfiguration: [
        { name: 'Public', subnetType: SubnetType.PUBLIC },
        { name: 'Egress', subnetType: SubnetType.PRIVATE_WITH_EGRESS },
        { name: 'Isolated', subnetType: SubnetType.PRIVATE_ISOLATED },
      ],
    });

  test.each<[string, Network, string]>([
    ['Isolated', Network.isolatedWithEndpoints(), 'DISABLED'],
    ['Egress', Network.privateWithNat(), 'DISABLED'],
    ['Public', Network.public(), 'ENABLED'],
  ])('has its tasks in the %s subnets where the network asks for them', (name, network, address) => {
    const { Subnets, AssignPublicIp } = placementOf((stack) => ({ vpc: everyKind(stack), network }));
    expect(Subnets.map(({ Ref }) => Ref)).toEqual([
      expect.stringContaining(`Net${name}Subnet1`),
      expect.stringContaining(`Net${name}Subnet2`),
    ]);
    expect(AssignPublicIp).toBe(address);
  });

  test('has its tasks in the very subnets that are chosen', () => {
    const { Subnets } = placementOf((stack) => ({ vpc: everyKind(stack), taskSubnets: { subnetGroupName: 'Isolated' } }));
    expect(Subnets.every(({ Ref }) => Ref.includes('NetIsolatedSubnet'))).toBe(true);
  });
});

test('tasks have the security groups that they are given, into which the load balancer is let', () => {
  const props = (stack: Stack): ScalableStatelessServiceProps => {
    const vpc = new Vpc(stack, 'Net', { maxAzs: 2 });
    return { vpc, taskSecurityGroups: [new SecurityGroup(stack, 'Mine', { vpc })] };
  };
  expect(placementOf(props).SecurityGroups).toEqual([{ 'Fn::GetAtt': [expect.stringMatching(/^Mine/), 'GroupId'] }]);
  const { template } = synthesize(props);
  template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', {
    GroupId: { 'Fn::GetAtt': [idOf(template, 'AWS::EC2::SecurityGroup', 'Mine'), 'GroupId'] },
    FromPort: 8080,
  });
});

describe('refused', () => {
  test.each<[ScalableStatelessServiceProps, string]>([
    [{ vpcCidr: '10.0.0.0/15' }, "vpcCidr must be an IPv4 range from /16 to /26, such as 10.1.0.0/16, got '10.0.0.0/15'"],
    [{ vpcCidr: '10.0.0.0/27' }, "vpcCidr must be an IPv4 range from /16 to /26, such as 10.1.0.0/16, got '10.0.0.0/27'"],
    [{ vpcCidr: '10.0.256.0/16' }, "vpcCidr must be an IPv4 range from /16 to /26, such as 10.1.0.0/16, got '10.0.256.0/16'"],
    [{ maxAzs: 1 }, 'maxAzs must be a whole number from 2 to 6, got 1'],
    [{ maxAzs: 7 }, 'maxAzs must be a whole number from 2 to 6, got 7'],
    [{ network: Network.privateWithNat(0) }, 'network.natGateways must be a whole number from 1 to 2, got 0'],
    [{ network: Network.privateWithNat(3) }, 'network.natGateways must be a whole number from 1 to 2, got 3'],
  ])('%j', (props, error) => {
    expect(refusals(props)).toEqual([error]);
  });

  test('props of a new network, with an existing one', () => {
    const refused = refusals((stack) => ({
      vpc: new Vpc(stack, 'Net', { maxAzs: 2 }),
      vpcCidr: '10.7.0.0/16',
      maxAzs: 2,
      flowLogs: false,
      network: Network.privateWithNat(1),
    }));
    expect(refused).toEqual([
      'vpcCidr must be left out with a vpc or cluster of yours, got 10.7.0.0/16',
      'maxAzs must be left out with a vpc or cluster of yours, got 2',
      'flowLogs must be left out with a vpc or cluster of yours, got false',
      'network must not set natGateways with a vpc or cluster of yours, got some',
    ]);
  });

  test.each<[SubnetType, Network, string]>([
    [
      SubnetType.PRIVATE_ISOLATED,
      Network.privateWithNat(),
      'vpc must have private subnets for the tasks, or use network: Network.isolatedWithEndpoints() or Network.public(), got none',
    ],
    [
      SubnetType.PRIVATE_WITH_EGRESS,
      Network.isolatedWithEndpoints(),
      'vpc must have isolated subnets for the tasks, or use network: Network.privateWithNat() or Network.public(), got none',
    ],
  ])('a VPC with %s subnets that lacks those asked for', (subnetType, network, error) => {
    const subnetConfiguration = [
      { name: 'Public', subnetType: SubnetType.PUBLIC },
      { name: 'Other', subnetType },
    ];
    expect(refusals((stack) => ({ vpc: new Vpc(stack, 'Net', { maxAzs: 2, subnetConfiguration }), network }))).toEqual([error]);
  });

  test('nothing just inside the rules', () => {
    expect(refusals({ vpcCidr: '10.0.0.0/26' })).toEqual([]);
    expect(refusals({ vpcCidr: '192.168.0.0/16', network: Network.privateWithNat(2) })).toEqual([]);
  });

  test('numbers of gateways and zones that only the deployment knows', () => {
    const token = Token.asNumber({ Ref: 'Number' });
    expect(refusals({ network: Network.privateWithNat(token), maxAzs: token })).toEqual([
      'maxAzs must be known at synthesis, got a token',
      'network must have natGateways that are known at synthesis, got a token',
    ]);
  });
});
