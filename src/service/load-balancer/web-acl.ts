import { createHash } from 'node:crypto';
import { CfnDeletionPolicy, Stack } from 'aws-cdk-lib';
import type { ApplicationLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { CfnWebACL, CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import type { Construct } from 'constructs';
import { DEFAULTS } from '../../plan/default-plan';

/**
 * Options of `WebAcl.managed()`.
 */
export interface ManagedWebAclOptions {
  /**
   * The limit of a rate-based rule: the requests of one IP address in five minutes, from 10 to 2,000,000,000. Requests above it are blocked.
   *
   * @default 2000
   */
  readonly requestsPerFiveMinutes?: number;

  /**
   * The names of the AWS managed rule groups, in the order of their priority.
   *
   * `AWSManagedRulesCommonRuleSet` blocks bodies above 8 KiB: leave it out for a service that accepts uploads.
   *
   * @default - AWSManagedRulesAmazonIpReputationList, AWSManagedRulesCommonRuleSet, AWSManagedRulesKnownBadInputsRuleSet
   */
  readonly ruleGroups?: string[];
}

/**
 * The AWS WAF web ACL of a load balancer.
 *
 * AWS bills a web ACL, each of its rules, and each request: about 9 dollars a month for `WebAcl.managed()`, and 60 cents for a
 * million requests (https://aws.amazon.com/waf/pricing/).
 */
export class WebAcl {
  /**
   * A new web ACL with AWS managed rule groups and a rate limit for each IP address.
   */
  public static managed(options: ManagedWebAclOptions = {}): WebAcl {
    return new WebAcl(options);
  }

  /**
   * An existing web ACL. It must be a regional one, in the region and account of the load balancer.
   *
   * @param webAclArn its ARN
   */
  public static fromArn(webAclArn: string): WebAcl {
    return new WebAcl(undefined, webAclArn);
  }

  /** @internal */
  public readonly _managedOptions?: ManagedWebAclOptions;

  /** @internal */
  public readonly _webAclArn?: string;

  private constructor(managed?: ManagedWebAclOptions, webAclArn?: string) {
    this._managedOptions = managed;
    this._webAclArn = webAclArn;
  }
}

/** The rule groups that fit any HTTP service. Known attackers first, as an IP address is the cheapest check. */
const RULE_GROUPS = ['AWSManagedRulesAmazonIpReputationList', 'AWSManagedRulesCommonRuleSet', 'AWSManagedRulesKnownBadInputsRuleSet'];

/** The characters of a construct id that the name of a WAF metric must not have. */
const INVALID_CHARACTERS = /[^\w-]/g;

/** Associates the web ACL with the load balancer, and creates it if it is a managed one. */
export function attachWebAcl(scope: Construct, loadBalancer: ApplicationLoadBalancer, options: WebAcl): CfnWebACL | undefined {
  const webAcl = options._managedOptions === undefined ? undefined : createWebAcl(scope, options._managedOptions);
  const association = new CfnWebACLAssociation(scope, 'WebAclAssociation', {
    resourceArn: loadBalancer.loadBalancerArn,
    webAclArn: webAcl?.attrArn ?? options._webAclArn!,
  });
  // another web ACL takes the place of the first. Deleting the old association then would remove the new one: both are known by the load
  // balancer only.
  association.cfnOptions.updateReplacePolicy = CfnDeletionPolicy.RETAIN;
  // the default, which cfn-lint asks for beside it.
  association.cfnOptions.deletionPolicy = CfnDeletionPolicy.DELETE;
  return webAcl;
}

function createWebAcl(scope: Construct, options: ManagedWebAclOptions): CfnWebACL {
  const ruleGroups = options.ruleGroups ?? RULE_GROUPS;
  return new CfnWebACL(scope, 'WebAcl', {
    scope: 'REGIONAL',
    defaultAction: { allow: {} },
    visibilityConfig: visibilityOf(scope, 'WebAcl'),
    rules: [rateLimit(scope, options), ...ruleGroups.map((name, index) => managedRuleGroup(scope, name, index + 1))],
  });
}

function rateLimit(scope: Construct, options: ManagedWebAclOptions): CfnWebACL.RuleProperty {
  const limit = options.requestsPerFiveMinutes ?? DEFAULTS.managedWebAcl.requestsPerFiveMinutes;
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
  return { cloudWatchMetricsEnabled: true, sampledRequestsEnabled: true, metricName: metricNameOf(scope, rule) };
}

/** The maximum length of the name of a WAF metric (https://docs.aws.amazon.com/waf/latest/APIReference/API_VisibilityConfig.html). */
const MAX_LENGTH = 128;

/**
 * The name of a metric: the name of the stack, the path of the service in it, and the rule. A long one is shortened, with a hash that keeps it unique.
 *
 * The name of a nested stack is only known to the deployment, and may be long: the name of its outermost stack takes its place.
 */
function metricNameOf(scope: Construct, rule: string): string {
  const { stackName, node } = outermostStackOf(scope);
  const path = scope.node.path.slice(node.path.length + 1);
  const name = `${stackName}-${path.replace(INVALID_CHARACTERS, '-')}`;
  const room = MAX_LENGTH - rule.length - 1;
  if (name.length <= room) return `${name}-${rule}`;
  const hash = createHash('sha256').update(scope.node.path).digest('hex').slice(0, 8);
  return `${name.slice(0, room - hash.length - 1)}-${hash}-${rule}`;
}

function outermostStackOf(scope: Construct): Stack {
  const stack = Stack.of(scope);
  return stack.nestedStackParent === undefined ? stack : outermostStackOf(stack.nestedStackParent);
}
