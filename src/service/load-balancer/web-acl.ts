import { Stack } from 'aws-cdk-lib';
import type { ApplicationLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { CfnWebACL, CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import type { Construct } from 'constructs';
import { DEFAULTS } from '../../plan/default-plan';
import type { Firewall, ManagedFirewallOptions } from './firewall';

/** Those that fit any HTTP service: known attackers first, as they are the cheapest to tell. */
const RULE_GROUPS = ['AWSManagedRulesAmazonIpReputationList', 'AWSManagedRulesCommonRuleSet', 'AWSManagedRulesKnownBadInputsRuleSet'];

/** What an id may hold and the name of a metric of WAF may not. */
const UNNAMEABLE = /[^\w-]/g;

/** Puts the firewall in front of the load balancer. */
export function protect(scope: Construct, loadBalancer: ApplicationLoadBalancer, firewall: Firewall): CfnWebACL | undefined {
  const webAcl = firewall._managed === undefined ? undefined : createWebAcl(scope, firewall._managed);
  new CfnWebACLAssociation(scope, 'WebAclAssociation', {
    resourceArn: loadBalancer.loadBalancerArn,
    webAclArn: webAcl?.attrArn ?? firewall._webAclArn!,
  });
  return webAcl;
}

function createWebAcl(scope: Construct, options: ManagedFirewallOptions): CfnWebACL {
  const ruleGroups = options.ruleGroups ?? RULE_GROUPS;
  return new CfnWebACL(scope, 'WebAcl', {
    scope: 'REGIONAL',
    defaultAction: { allow: {} },
    visibilityConfig: visibilityOf(scope, 'WebAcl'),
    rules: [rateLimit(scope, options), ...ruleGroups.map((name, index) => managedRuleGroup(scope, name, index + 1))],
  });
}

function rateLimit(scope: Construct, options: ManagedFirewallOptions): CfnWebACL.RuleProperty {
  const limit = options.requestsPerFiveMinutes ?? DEFAULTS.firewall.requestsPerFiveMinutes;
  return {
    name: 'RateLimit',
    priority: 0,
    action: { block: {} },
    statement: { rateBasedStatement: { limit, aggregateKeyType: 'IP', evaluationWindowSec: 300 } },
    visibilityConfig: visibilityOf(scope, 'RateLimit'),
  };
}

function managedRuleGroup(scope: Construct, name: string, priority: number): CfnWebACL.RuleProperty {
  return {
    name,
    priority,
    overrideAction: { none: {} },
    statement: { managedRuleGroupStatement: { vendorName: 'AWS', name } },
    visibilityConfig: visibilityOf(scope, name),
  };
}

function visibilityOf(scope: Construct, rule: string): CfnWebACL.VisibilityConfigProperty {
  return {
    cloudWatchMetricsEnabled: true,
    sampledRequestsEnabled: true,
    metricName: `${Stack.of(scope).stackName}-${scope.node.id.replace(UNNAMEABLE, '-')}-${rule}`,
  };
}
