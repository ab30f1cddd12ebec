import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { FLAG_SETS, idOf, propertiesOf, synthesize } from '../../synthesize';

const SECURITY_GROUP = 'AWS::EC2::SecurityGroup';

describe.each(FLAG_SETS)('the new VPC %s', (_, flags) => {
  const { template, service, stack } = synthesize({}, flags);
  const groupId = (part: string) => ({ 'Fn::GetAtt': [idOf(template, SECURITY_GROUP, part), 'GroupId'] });

  test('has a public and an isolated subnet in each of two zones', () => {
    expect(service.vpc.publicSubnets).toHaveLength(2);
    expect(service.vpc.isolatedSubnets).toHaveLength(2);
    template.resourceCountIs('AWS::EC2::Subnet', 4);
    expect(propertiesOf(template, 'AWS::EC2::VPC')['CidrBlock']).toBe('10.0.0.0/16');
  });

  test('has no NAT gateway, no elastic address, and no subnet that hands out public ones', () => {
    template.resourceCountIs('AWS::EC2::NatGateway', 0);
    template.resourceCountIs('AWS::EC2::EIP', 0);
    template.allResourcesProperties('AWS::EC2::Subnet', { MapPublicIpOnLaunch: false });
  });

  test('leads to the Internet from its public subnets only', () => {
    const tables = Object.values(template.findResources('AWS::EC2::Route')).map((route) => route['Properties'].RouteTableId.Ref);
    expect(tables).toHaveLength(2);
    for (const table of tables) expect(table).toContain('Public');
  });

  test.each(['ecr.api', 'ecr.dkr', 'logs'])('has an interface endpoint for %s, behind the security group of the endpoints', (name) => {
    template.hasResourceProperties('AWS::EC2::VPCEndpoint', {
      VpcEndpointType: 'Interface',
      ServiceName: { 'Fn::Join': ['', ['com.amazonaws.', { Ref: 'AWS::Region' }, `.${name}`]] },
      PrivateDnsEnabled: true,
      SecurityGroupIds: [groupId('Endpoint')],
      SubnetIds: service.vpc.isolatedSubnets.map(({ subnetId }) => stack.resolve(subnetId)),
    });
  });

  test.each(['s3', 'dynamodb'])('has a gateway endpoint for %s in the route tables of the tasks', (name) => {
    template.hasResourceProperties('AWS::EC2::VPCEndpoint', {
      VpcEndpointType: 'Gateway',
      ServiceName: { 'Fn::Join': ['', ['com.amazonaws.', { Ref: 'AWS::Region' }, `.${name}`]] },
      RouteTableIds: service.vpc.isolatedSubnets.map(({ routeTable }) => stack.resolve(routeTable.routeTableId)),
    });
  });

  test('has no other endpoint', () => {
    template.resourceCountIs('AWS::EC2::VPCEndpoint', 5);
  });

  test('allows its own range to reach the endpoints, on port 443', () => {
    const ingress = Object.values(template.findResources('AWS::EC2::SecurityGroupIngress')).map((rule) => rule['Properties']);
    expect(ingress.filter((rule) => JSON.stringify(rule.GroupId) === JSON.stringify(groupId('Endpoint')))).toEqual([]);
    template.hasResourceProperties(SECURITY_GROUP, {
      GroupDescription: 'Endpoints: in from the VPC',
      SecurityGroupIngress: [Match.objectLike({ CidrIp: '10.0.0.0/16', IpProtocol: 'tcp', FromPort: 443, ToPort: 443 })],
      SecurityGroupEgress: [Match.objectLike({ CidrIp: '255.255.255.255/32' })],
    });
  });

  test('lets tasks open HTTPS connections and no others', () => {
    template.hasResourceProperties(SECURITY_GROUP, {
      GroupDescription: 'Tasks: in from the load balancer',
      SecurityGroupIngress: Match.absent(),
      SecurityGroupEgress: [{ CidrIp: '0.0.0.0/0', IpProtocol: 'tcp', FromPort: 443, ToPort: 443, Description: 'To the endpoints' }],
    });
  });

  test('is complete before the first task starts', () => {
    const [resource] = Object.values(template.findResources('AWS::ECS::Service'));
    expect(resource!['DependsOn']).toEqual(expect.arrayContaining(Object.keys(template.findResources('AWS::EC2::VPCEndpoint'))));
  });
});
