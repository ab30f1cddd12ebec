import { ApplicationLoadBalancedServiceRecordType } from 'aws-cdk-lib/aws-ecs-patterns';
import type { IApplicationLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { ARecord, CnameRecord, RecordTarget } from 'aws-cdk-lib/aws-route53';
import { LoadBalancerTarget } from 'aws-cdk-lib/aws-route53-targets';
import type { Construct } from 'constructs';
import type { LoadBalancerProps } from '../load-balancer/load-balancer-props';
import { PATTERN_RECORD_ID } from './kept-ids';
import type { MovingProps } from './moving-props';
import { patternOf } from './pattern-facts';

/** Creates the record of a pattern under its id. Undefined where there was none: the service then has records of its own. */
export function keepRecord(
  scope: Construct,
  loadBalancer: IApplicationLoadBalancer,
  props: LoadBalancerProps & MovingProps,
): Construct | undefined {
  const pattern = patternOf(props);
  const recordName = keptDomainOf(props);
  const zone = props.hostedZone ?? pattern?.domainZone;
  if (pattern === undefined || recordName === undefined || zone === undefined) return undefined;
  if (pattern.recordType === ApplicationLoadBalancedServiceRecordType.CNAME) {
    return new CnameRecord(scope, PATTERN_RECORD_ID, { zone, recordName, domainName: loadBalancer.loadBalancerDnsName });
  }
  return new ARecord(scope, PATTERN_RECORD_ID, { zone, recordName, target: RecordTarget.fromAlias(new LoadBalancerTarget(loadBalancer)) });
}

/** The domain name of a pattern that has a record for it; a pattern also has one for plain HTTP. */
export function keptDomainOf(props: LoadBalancerProps & MovingProps): string | undefined {
  const pattern = patternOf(props);
  if (pattern?.domainName === undefined || hasNoRecord(props)) return undefined;
  return props.domainName ?? pattern.domainName;
}

/** Whether the pattern was created without a record, so that it may have been created elsewhere. */
export function hasNoRecord(props: MovingProps): boolean {
  return patternOf(props)?.recordType === ApplicationLoadBalancedServiceRecordType.NONE;
}
