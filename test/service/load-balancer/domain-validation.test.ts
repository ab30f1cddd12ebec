import { type App, CfnParameter, NestedStack, Stack } from 'aws-cdk-lib';
import { Certificate, DnsValidatedCertificate, type ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { HostedZone, type IHostedZone, PrivateHostedZone, PublicHostedZone } from 'aws-cdk-lib/aws-route53';
import { describe, expect, test } from 'vitest';
import { ScalableStatelessService, type ScalableStatelessServiceProps } from '../../../src';
import { newApp } from '../../synthesize';

const IMAGE = ContainerImage.fromRegistry('123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop:7');
const env = (region: string, account = '123456789012') => ({ env: { account, region }, crossRegionReferences: true });
const arn = (region: string, account = '123456789012') => `arn:aws:acm:${region}:${account}:certificate/1`;

/** The errors of a service in eu-west-1. */
function errorsOf(props: (stack: Stack, app: App) => ScalableStatelessServiceProps, context: Record<string, unknown> = {}): string[] {
  const app = newApp(context);
  const stack = new Stack(app, 'Shop', env('eu-west-1'));
  try {
    new ScalableStatelessService(stack, 'Search', { image: IMAGE, ...props(stack, app) });
    return [];
  } catch (error) {
    return (error as Error).message.split('\n').map((line) => line.replace('Shop/Search: ', ''));
  }
}

const PRIVATE = 'certificate must be given beside a private hostedZone, in which ACM cannot validate a new one, got none';
const LOOKUP = { domainName: 'example.com', privateZone: true, vpcId: 'vpc-1' };
const FOUND = 'hosted-zone:account=123456789012:domainName=example.com:privateZone=true:region=eu-west-1:vpcId=vpc-1';

describe('a private hosted zone needs a certificate', () => {
  test.each<[string, (stack: Stack) => IHostedZone]>([
    ['created', (stack) => new PrivateHostedZone(stack, 'Zone', { vpc: new Vpc(stack, 'Net'), zoneName: 'example.com' })],
    ['created with VPCs', (stack) => new HostedZone(stack, 'Zone', { vpcs: [new Vpc(stack, 'Net')], zoneName: 'example.com' })],
    [
      'created with a VPC that is added',
      (stack) => {
        const zone = new HostedZone(stack, 'Zone', { zoneName: 'example.com' });
        zone.addVpc(new Vpc(stack, 'Net'));
        return zone;
      },
    ],
    [
      'created in another stack, and imported by its id',
      (stack) => {
        const other = new Stack(stack.node.root as App, 'Zones', env('eu-west-1'));
        const { hostedZoneId } = new PrivateHostedZone(other, 'Zone', { vpc: new Vpc(other, 'Net'), zoneName: 'example.com' });
        return HostedZone.fromHostedZoneAttributes(stack, 'Zone', { hostedZoneId, zoneName: 'example.com' });
      },
    ],
    ['looked up', (stack) => HostedZone.fromLookup(stack, 'Zone', LOOKUP)],
    [
      'with a name that is not public',
      (stack) => HostedZone.fromHostedZoneAttributes(stack, 'Zone', { hostedZoneId: 'Z1', zoneName: 'shop.internal' }),
    ],
    [
      'imported as a private one, with a name that is not public',
      (stack) => PrivateHostedZone.fromPrivateHostedZoneAttributes(stack, 'Zone', { hostedZoneId: 'Z1', zoneName: 'corp.local' }),
    ],
  ])('%s', (_, zoneIn) => {
    const inZone = (certificate?: (stack: Stack) => ICertificate) =>
      errorsOf(
        (stack) => {
          const hostedZone = zoneIn(stack);
          return { hostedZone, domainName: `search.${hostedZone.zoneName}`, certificate: certificate?.(stack) };
        },
        { [FOUND]: { Id: '/hostedzone/Z9', Name: 'example.com.' } },
      );
    expect(inZone()).toEqual([PRIVATE]);
    expect(inZone((stack) => Certificate.fromCertificateArn(stack, 'Mine', arn('eu-west-1')))).toEqual([]);
  });

  test.each<[string, (stack: Stack) => IHostedZone]>([
    ['created', (stack) => new PublicHostedZone(stack, 'Zone', { zoneName: 'example.com' })],
    ['imported', (stack) => HostedZone.fromHostedZoneAttributes(stack, 'Zone', { hostedZoneId: 'Z9', zoneName: 'example.com' })],
    ['looked up', (stack) => HostedZone.fromLookup(stack, 'Zone', { domainName: 'example.com' })],
    ['of a token', (stack) => HostedZone.fromHostedZoneAttributes(stack, 'Zone', tokens(stack))],
  ])('and a public one does not: %s', (_, zoneIn) => {
    const found = { Id: '/hostedzone/Z8', Name: 'example.com.' };
    const context = { 'hosted-zone:account=123456789012:domainName=example.com:region=eu-west-1': found };
    expect(errorsOf((stack) => ({ hostedZone: zoneIn(stack), domainName: 'search.example.com' }), context)).toEqual([]);
  });

  test('is not known before it is looked up: the first synthesis goes on', () => {
    expect(errorsOf((stack) => ({ hostedZone: HostedZone.fromLookup(stack, 'Zone', LOOKUP), domainName: 'a.example.com' }))).toEqual([]);
  });
});

function tokens(stack: Stack): { hostedZoneId: string; zoneName: string } {
  const text = (id: string) => new CfnParameter(stack, id).valueAsString;
  return { hostedZoneId: text('ZoneId'), zoneName: text('ZoneName') };
}

test.each<[string, (stack: Stack) => IHostedZone]>([
  ['any', (stack) => HostedZone.fromHostedZoneId(stack, 'Zone', 'Z1')],
  ['a public', (stack) => PublicHostedZone.fromPublicHostedZoneId(stack, 'Zone', 'Z1')],
  ['a private', (stack) => PrivateHostedZone.fromPrivateHostedZoneId(stack, 'Zone', 'Z1')],
])('%s hosted zone that is imported by its id only has no name for a record', (_, zoneIn) => {
  const errors = errorsOf((stack) => ({
    hostedZone: zoneIn(stack),
    domainName: 'a.example.com',
    certificate: Certificate.fromCertificateArn(stack, 'Mine', arn('eu-west-1')),
  }));
  expect(errors).toEqual(['hostedZone must have a name: import it with fromHostedZoneAttributes or fromLookup, got one with its id only']);
});

describe('a certificate of another region or account is refused', () => {
  const other = (app: App) => new Stack(app, 'Certificates', env('us-east-1'));
  const domainName = 'search.example.com';

  test.each<[string, (stack: Stack, app: App) => ICertificate, string]>([
    ['by its ARN', (stack) => Certificate.fromCertificateArn(stack, 'C', arn('us-east-1')), 'us-east-1'],
    ['created in a stack there', (_, app) => new Certificate(other(app), 'C', { domainName }), 'us-east-1'],
    ['created in a nested stack there', (_, app) => new Certificate(new NestedStack(other(app), 'N'), 'C', { domainName }), 'us-east-1'],
    [
      'created there and imported by its ARN',
      (stack, app) => Certificate.fromCertificateArn(stack, 'C', new Certificate(other(app), 'C', { domainName }).certificateArn),
      'us-east-1',
    ],
    [
      'requested there',
      (stack) => new DnsValidatedCertificate(stack, 'C', { domainName, region: 'us-east-1', hostedZone: zoneIn(stack) }),
      'us-east-1',
    ],
  ])('%s', (_, certificateIn, region) => {
    const error = `must be in eu-west-1, the region of its load balancer, got one in ${region}`;
    expect(errorsOf((stack, app) => ({ certificate: certificateIn(stack, app) }))).toEqual([`certificate ${error}`]);
    const additional = errorsOf((stack, app) => ({
      certificate: Certificate.fromCertificateArn(stack, 'Main', arn('eu-west-1')),
      additionalCertificates: [certificateIn(stack, app)],
    }));
    expect(additional).toEqual([`additionalCertificates ${error}`]);
  });

  test('of another account', () => {
    expect(errorsOf((stack) => ({ certificate: Certificate.fromCertificateArn(stack, 'C', arn('eu-west-1', '999999999999')) }))).toEqual([
      'certificate must be in account 123456789012, which is that of its load balancer, got one in 999999999999',
    ]);
  });

  test.each<[string, (stack: Stack, app: App) => ICertificate]>([
    ['by its ARN', (stack) => Certificate.fromCertificateArn(stack, 'C', arn('eu-west-1'))],
    ['by a token', (stack) => Certificate.fromCertificateArn(stack, 'C', new CfnParameter(stack, 'Arn').valueAsString)],
    ['of IAM', (stack) => Certificate.fromCertificateArn(stack, 'C', 'arn:aws:iam::123456789012:server-certificate/mine')],
    ['in another stack', (_, app) => new Certificate(new Stack(app, 'Certificates', env('eu-west-1')), 'C', { domainName })],
    ['in a nested stack', (stack) => new Certificate(new NestedStack(stack, 'N'), 'C', { domainName })],
    ['requested', (stack) => new DnsValidatedCertificate(stack, 'C', { domainName, hostedZone: zoneIn(stack) })],
  ])('and one of the same is not: %s', (_, certificateIn) => {
    expect(errorsOf((stack, app) => ({ certificate: certificateIn(stack, app) }))).toEqual([]);
  });
});

function zoneIn(stack: Stack): IHostedZone {
  return HostedZone.fromHostedZoneAttributes(stack, 'Zone', { hostedZoneId: 'Z1', zoneName: 'example.com' });
}
