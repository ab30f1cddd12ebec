/**
 * What a firewall of this package's choice lets through.
 */
export interface ManagedFirewallOptions {
  /**
   * How many requests one address may send in five minutes, from 10 to 2,000,000,000. What it sends above that is blocked.
   *
   * @default 2000
   */
  readonly requestsPerFiveMinutes?: number;

  /**
   * The names of the rule groups of AWS that requests are held against, in their order.
   *
   * `AWSManagedRulesCommonRuleSet` blocks bodies above 8 KiB: a service that takes uploads leaves it out.
   *
   * @default - AWSManagedRulesAmazonIpReputationList, AWSManagedRulesCommonRuleSet, AWSManagedRulesKnownBadInputsRuleSet
   */
  readonly ruleGroups?: string[];
}

/**
 * What stands between the Internet and the load balancer.
 *
 * AWS bills a web ACL, each of its rules, and each request: about 9 dollars a month for `Firewall.managed()`, and 60 cents for a
 * million requests (https://aws.amazon.com/waf/pricing/).
 */
export class Firewall {
  /**
   * Rule groups that AWS keeps up to date, and a limit on what one address may send.
   */
  public static managed(options: ManagedFirewallOptions = {}): Firewall {
    return new Firewall(options);
  }

  /**
   * A web ACL of your own. It must be a regional one, in the region of the load balancer.
   *
   * @param webAclArn its ARN
   */
  public static webAcl(webAclArn: string): Firewall {
    return new Firewall(undefined, webAclArn);
  }

  /** @internal */
  public readonly _managed?: ManagedFirewallOptions;

  /** @internal */
  public readonly _webAclArn?: string;

  private constructor(managed?: ManagedFirewallOptions, webAclArn?: string) {
    this._managed = managed;
    this._webAclArn = webAclArn;
  }
}
