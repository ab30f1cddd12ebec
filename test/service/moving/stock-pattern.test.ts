import { describe, expect, test } from 'vitest';
import { lintTemplate } from '../../../src/lint/lint-template';
import type { TemplateValue } from '../../../src/plan/template/template-value';
import { FLAG_SETS } from '../../synthesize';
import { type Move, move } from './move';
import { PATTERN_VARIANTS } from './pattern-variants';

/** What serves, or is needed to. */
const KEPT = [
  ...['AWS::ElasticLoadBalancingV2::LoadBalancer', 'AWS::ElasticLoadBalancingV2::Listener', 'AWS::ElasticLoadBalancingV2::TargetGroup'],
  ...['AWS::ECS::Service', 'AWS::ECS::Cluster', 'AWS::EC2::VPC', 'AWS::EC2::Subnet', 'AWS::EC2::NatGateway', 'AWS::EC2::SecurityGroup'],
  ...['AWS::EC2::SecurityGroupIngress', 'AWS::EC2::SecurityGroupEgress', 'AWS::Route53::RecordSet', 'AWS::CertificateManager::Certificate'],
  ...['AWS::ApplicationAutoScaling::ScalableTarget', 'AWS::ApplicationAutoScaling::ScalingPolicy', 'AWS::ServiceDiscovery::Service'],
];

/** The resources that do not stay, of the types that serve. */
function lost({ changes }: Move): string[] {
  const old = changes.all.filter(({ type, before }) => before !== undefined && KEPT.includes(type));
  return old
    .filter(({ id }) => !changes.stays(id))
    .map(({ id, type, change, properties }) => `${type} ${id} is ${change}: ${properties.join(', ')}`);
}

describe.each(FLAG_SETS)('%s, a service of the stock pattern', (_, flags) => {
  describe.each(PATTERN_VARIANTS.map((variant) => [variant.what, variant] as const))('%s', (__, variant) => {
    const moved = move(variant, flags);

    test('keeps everything that serves', () => {
      expect(lost(moved)).toEqual([]);
    });

    test('is updated without an error, and without a change that clients notice', () => {
      expect(
        moved.report.findings
          .map(({ check, resource, reason }) => [check, resource, reason].join(' '))
          .filter((finding) => !(variant.findings ?? []).some((each) => finding.startsWith(each))),
      ).toEqual([]);
      expect(moved.report.outcome).toBe('new tasks one by one');
    });

    test('has a template in which no check of lint finds an error', () => {
      const findings = lintTemplate(moved.after.toJSON() as TemplateValue);
      expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    });
  });
});
