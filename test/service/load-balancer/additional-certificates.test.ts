import { CfnParameter, Fn, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Certificate, type ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import { Peer } from 'aws-cdk-lib/aws-ec2';
import { describe, expect, test } from 'vitest';
import { Deployment, ScalableStatelessService } from '../../../src';
import { newApp, synthesize } from '../../synthesize';

const TYPE = 'AWS::ElasticLoadBalancingV2::ListenerCertificate';
const arn = (name: string): string => `arn:aws:acm:eu-west-1:123456789012:certificate/${name}`;

/** The logical ids of the certificates on the listener, by their ARNs. */
function idsOf(arns: (stack: Stack) => string[], props: (stack: Stack) => object = () => ({})): Record<string, string> {
  const { template } = synthesize((stack) => ({
    certificate: Certificate.fromCertificateArn(stack, 'Main', arn('main')),
    additionalCertificates: arns(stack).map((each, index) => Certificate.fromCertificateArn(stack, `Other${index}`, each)),
    ...props(stack),
  }));
  const found = Object.entries(template.findResources(TYPE));
  return Object.fromEntries(found.map(([id, { Properties }]) => [JSON.stringify(Properties.Certificates[0].CertificateArn), id]));
}

describe('a certificate keeps its id while others come and go', () => {
  test.each<[string, (stack: Stack, name: string) => string]>([
    ['with an ARN', (_, name) => arn(name)],
    ['imported from another stack', (_, name) => Fn.importValue(name)],
    ['of a parameter', (stack, name) => (stack.node.tryFindChild(name) ? '' : new CfnParameter(stack, name).valueAsString)],
  ])('%s', (_, arnOf) => {
    const of = (...names: string[]) => idsOf((stack) => names.map((name) => arnOf(stack, name)));
    const both = of('a', 'b');
    expect(new Set(Object.values(both)).size).toBe(2);
    expect(of('b', 'a')).toEqual(both);
    expect(both).toMatchObject(of('b'));
    expect(of('c', 'a', 'b')).toMatchObject(both);
  });

  test('where it is created in this stack or in others, also under equal ids', () => {
    const idsWith = (choose: (all: ICertificate[]) => ICertificate[]): string[] => {
      const app = newApp();
      const create = (id: string) => new Certificate(new Stack(app, id), 'Certificate', { domainName: `${id}.example.com` });
      const [first, second] = [create('First'), create('Second')];
      const stack = new Stack(app, 'Shop');
      const own = new Certificate(stack, 'Own', { domainName: 'own.example.com' });
      const certificate = Certificate.fromCertificateArn(stack, 'Main', arn('main'));
      new ScalableStatelessService(stack, 'Search', { certificate, additionalCertificates: choose([first, second, own]) });
      return Object.keys(Template.fromStack(stack).findResources(TYPE)).sort();
    };
    const all = idsWith((certificates) => certificates);
    expect(all).toHaveLength(3);
    expect(idsWith((certificates) => [...certificates].reverse())).toEqual(all);
    expect(all).toEqual(expect.arrayContaining(idsWith(([, second]) => [second!])));
  });
});

test('a certificate that is given twice is on the listener once', () => {
  expect(Object.keys(idsOf(() => [arn('a'), arn('a')]))).toHaveLength(1);
});

test('the listener itself has the default certificate only, as Elastic Load Balancing requires', () => {
  const { template } = synthesize((stack) => ({
    certificate: Certificate.fromCertificateArn(stack, 'Main', arn('main')),
    additionalCertificates: [Certificate.fromCertificateArn(stack, 'Other', arn('a'))],
    deployment: Deployment.blueGreen({ testTraffic: { port: 8443, allowFrom: [Peer.ipv4('10.0.0.0/8')] } }),
  }));
  const listeners = Object.values(template.findResources('AWS::ElasticLoadBalancingV2::Listener', { Properties: { Protocol: 'HTTPS' } }));
  expect(listeners.map(({ Properties }) => Properties.Certificates)).toEqual(Array(2).fill([{ CertificateArn: arn('main') }]));
  template.resourceCountIs(TYPE, 2);
});
