import type { Stack } from 'aws-cdk-lib';
import type { Template } from 'aws-cdk-lib/assertions';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { Peer } from 'aws-cdk-lib/aws-ec2';
import { describe, expect, test } from 'vitest';
import { Deployment, type ScalableStatelessServiceProps } from '../../src';
import { synthesize } from '../synthesize';

const https = (stack: Stack) => ({
  certificate: Certificate.fromCertificateArn(stack, 'Mine', 'arn:aws:acm:eu-west-1:123456789012:certificate/1'),
});

/** The accepted findings of a template: the resource, without its hash, and the rule. */
function acknowledged(template: Template): string[] {
  const resources = Object.entries<{ Metadata?: { cdk_nag?: { rules_to_suppress: { id: string; reason: string }[] } } }>(
    template.toJSON()['Resources'],
  );
  return resources.flatMap(([id, { Metadata }]) =>
    (Metadata?.cdk_nag?.rules_to_suppress ?? []).map((rule) => {
      expect(rule.reason).toMatch(/^[A-Z\w].*\.$/);
      return `${id.replace(/[0-9A-F]{8}$/, '')} ${rule.id}`;
    }),
  );
}

const LOGIN = 'SearchExecutionRoleRegistryLogin AwsSolutions-IAM5';
const PORTS = ['SearchLoadBalancerOpenToTheWorldOnPort443 AwsSolutions-EC23', 'SearchLoadBalancerOpenToTheWorldOnPort80 AwsSolutions-EC23'];

describe('accepted in the metadata of its one resource is', () => {
  test.each<[string, (stack: Stack) => ScalableStatelessServiceProps, string[]]>([
    ['for plain HTTP, the login to the registry, and not ingress from any address', () => ({}), [LOGIN]],
    ['for HTTPS, ingress from any address', https, [...PORTS, LOGIN]],
    ['no ingress, where it is restricted', (stack) => ({ ...https(stack), allowFrom: [Peer.ipv4('10.0.0.0/8')] }), [LOGIN]],
    [
      'with two versions side by side, the policy of AWS by which ECS moves traffic',
      () => ({ deployment: Deployment.canary() }),
      [LOGIN, 'SearchServiceTrafficRole AwsSolutions-IAM4'],
    ],
    [
      'nothing, where that is asked for',
      (stack) => ({ ...https(stack), deployment: Deployment.blueGreen(), acknowledgeFindings: false }),
      [],
    ],
  ])('%s', (_, props, expected) => {
    expect(acknowledged(synthesize(props).template).sort()).toEqual([...expected].sort());
  });
});
