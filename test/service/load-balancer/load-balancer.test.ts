import { Match } from 'aws-cdk-lib/assertions';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { IpAddressType } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
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

  test('is in the subnets of the tasks', () => {
    expect(propertiesOf(template, LOAD_BALANCER)).toMatchObject({
      Scheme: 'internal',
      Subnets: service.vpc.isolatedSubnets.map(({ subnetId }) => stack.resolve(subnetId)),
    });
  });
});

const IMAGE = ContainerImage.fromRegistry('123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop:7');

function attributesOf(props: Parameters<typeof synthesize>[0]): Record<string, unknown> {
  const pairs = propertiesOf(synthesize(props).template, LOAD_BALANCER)['LoadBalancerAttributes'] as { Key: string; Value: unknown }[];
  return Object.fromEntries(pairs.map(({ Key, Value }) => [Key, Value]));
}

describe('off by default is', () => {
  test('zonal shift', () => {
    expect(attributesOf({ image: IMAGE })).toMatchObject({ 'zonal_shift.config.enabled': 'false' });
    expect(attributesOf({ image: IMAGE, zonalShift: true })).toMatchObject({ 'zonal_shift.config.enabled': 'true' });
  });

  test('the log of health checks, which is in the bucket of the access logs', () => {
    expect(attributesOf({ image: IMAGE })).toMatchObject({ 'health_check_logs.s3.enabled': 'false' });
    const both = attributesOf({ image: IMAGE, healthCheckLogs: true });
    expect(both).toMatchObject({ 'health_check_logs.s3.enabled': 'true', 'access_logs.s3.enabled': 'true' });
    expect(both['health_check_logs.s3.bucket']).toEqual(both['access_logs.s3.bucket']);
    const one = attributesOf({ image: IMAGE, healthCheckLogs: true, accessLogs: false });
    expect(one).toMatchObject({ 'health_check_logs.s3.enabled': 'true' });
    expect(one).toMatchObject({ 'access_logs.s3.enabled': 'false' });
  });
});

describe('dual stack', () => {
  const synthesized = (ipAddressType: IpAddressType) =>
    synthesize((stack) => ({
      image: IMAGE,
      ipAddressType,
      domainName: 'search.example.com',
      hostedZone: HostedZone.fromHostedZoneAttributes(stack, 'Zone', { hostedZoneId: 'Z1', zoneName: 'example.com' }),
    })).template;

  test('is IPv6 in the new VPC too, open to the world as IPv4 is, and a second record', () => {
    const template = synthesized(IpAddressType.DUAL_STACK);
    expect(propertiesOf(template, LOAD_BALANCER)['IpAddressType']).toBe('dualstack');
    template.resourceCountIs('AWS::EC2::VPCCidrBlock', 1);
    template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', { CidrIpv6: '::/0', FromPort: 443 });
    template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', { CidrIp: '0.0.0.0/0', FromPort: 443 });
    const types = Object.values(template.findResources('AWS::Route53::RecordSet')).map(({ Properties }) => Properties.Type);
    expect(types.sort()).toEqual(['A', 'AAAA']);
  });

  test('without a public IPv4 address has one record', () => {
    const template = synthesized(IpAddressType.DUAL_STACK_WITHOUT_PUBLIC_IPV4);
    const types = Object.values(template.findResources('AWS::Route53::RecordSet')).map(({ Properties }) => Properties.Type);
    expect(types).toEqual(['AAAA']);
  });
});

test('more certificates are those of the same listener', () => {
  const { template } = synthesize((stack) => {
    const of = (id: string) => Certificate.fromCertificateArn(stack, id, `arn:aws:acm:eu-west-1:123456789012:certificate/${id}`);
    return { image: IMAGE, certificate: of('a'), additionalCertificates: [of('b'), of('c')] };
  });
  const arn = (id: string) => ({ CertificateArn: `arn:aws:acm:eu-west-1:123456789012:certificate/${id}` });
  expect(propertiesOf(template, LISTENER, 'HttpsListener')['Certificates']).toEqual([arn('a')]);
  const more = Object.values(template.findResources('AWS::ElasticLoadBalancingV2::ListenerCertificate'));
  expect(more.flatMap(({ Properties }) => Properties.Certificates)).toEqual([arn('b'), arn('c')]);
});

test('what is switched off is in the template: an attribute that disappears from it would keep its value', () => {
  const on = attributesOf({ image: IMAGE, healthCheckLogs: true, zonalShift: true, deletionProtection: true });
  const off = attributesOf({ image: IMAGE, accessLogs: false, dropInvalidHeaderFields: false });
  const switches = [
    'access_logs.s3.enabled',
    'deletion_protection.enabled',
    'health_check_logs.s3.enabled',
    'routing.http.drop_invalid_header_fields.enabled',
    'zonal_shift.config.enabled',
  ];
  expect(
    Object.keys(on)
      .filter((key) => key.endsWith('.enabled'))
      .sort(),
  ).toEqual(switches);
  for (const key of switches) expect([key, on[key], off[key]]).toEqual([key, 'true', 'false']);
});
