import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { FLAG_SETS, idOf, propertiesOf, synthesize } from '../../synthesize';

const LOAD_BALANCER = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
const LISTENER = 'AWS::ElasticLoadBalancingV2::Listener';
const TARGET_GROUP = 'AWS::ElasticLoadBalancingV2::TargetGroup';
const SECURITY_GROUP = 'AWS::EC2::SecurityGroup';

describe.each(FLAG_SETS)('the load balancer %s', (_, flags) => {
  const { template, service, stack } = synthesize({ containerPort: 3000 }, flags);
  const groupId = (part: string) => ({ 'Fn::GetAtt': [idOf(template, SECURITY_GROUP, part), 'GroupId'] });

  test('faces the Internet from the public subnets', () => {
    expect(propertiesOf(template, LOAD_BALANCER)).toMatchObject({
      Scheme: 'internet-facing',
      Subnets: service.vpc.publicSubnets.map(({ subnetId }) => stack.resolve(subnetId)),
    });
  });

  test('drops header fields that are not valid', () => {
    expect(propertiesOf(template, LOAD_BALANCER)['LoadBalancerAttributes']).toContainEqual({
      Key: 'routing.http.drop_invalid_header_fields.enabled',
      Value: 'true',
    });
  });

  test('forwards everything that arrives by HTTP on port 80', () => {
    expect(propertiesOf(template, LISTENER)).toMatchObject({
      Port: 80,
      Protocol: 'HTTP',
      DefaultActions: [{ Type: 'forward', TargetGroupArn: { Ref: idOf(template, TARGET_GROUP) } }],
    });
  });

  test('reaches the tasks on the port of the container, and nothing else', () => {
    const egress = Object.values(template.findResources('AWS::EC2::SecurityGroupEgress')).map((rule) => rule['Properties']);
    expect(egress).toEqual([
      expect.objectContaining({
        GroupId: groupId('LoadBalancer'),
        DestinationSecurityGroupId: groupId('Task'),
        FromPort: 3000,
        ToPort: 3000,
      }),
    ]);
  });

  test('lets nothing out to anywhere else', () => {
    template.hasResourceProperties(SECURITY_GROUP, {
      GroupDescription: Match.stringLikeRegexp('for ELB'),
      SecurityGroupEgress: Match.absent(),
    });
  });

  test('is the only one that reaches the tasks', () => {
    const ingress = Object.values(template.findResources('AWS::EC2::SecurityGroupIngress')).map((rule) => rule['Properties']);
    expect(ingress.filter((rule) => JSON.stringify(rule.GroupId) === JSON.stringify(groupId('Task')))).toEqual([
      expect.objectContaining({ SourceSecurityGroupId: groupId('LoadBalancer'), IpProtocol: 'tcp', FromPort: 3000, ToPort: 3000 }),
    ]);
  });
});

describe('an internal load balancer', () => {
  const { template, service, stack } = synthesize({ internetFacing: false });

  test('stands beside the tasks', () => {
    expect(propertiesOf(template, LOAD_BALANCER)).toMatchObject({
      Scheme: 'internal',
      Subnets: service.vpc.isolatedSubnets.map(({ subnetId }) => stack.resolve(subnetId)),
    });
  });
});
