import type { CfnListenerRule } from 'aws-cdk-lib/aws-elasticloadbalancingv2';

/**
 * A transform of a listener rule: rewrites the requests that match its conditions before they are forwarded.
 */
export class RuleTransform {
  /**
   * Rewrites the path and query of the URL.
   *
   * @param regex the regular expression to match in the URL, such as `^/cart/(.*)$`
   * @param replace the replacement, such as `/$1`
   */
  public static urlRewrite(regex: string, replace: string): RuleTransform {
    return new RuleTransform({ type: 'url-rewrite', urlRewriteConfig: { rewrites: [{ regex, replace }] } });
  }

  /**
   * Rewrites the host header.
   *
   * @param regex the regular expression to match in the host header
   * @param replace the replacement
   */
  public static hostHeaderRewrite(regex: string, replace: string): RuleTransform {
    return new RuleTransform({ type: 'host-header-rewrite', hostHeaderRewriteConfig: { rewrites: [{ regex, replace }] } });
  }

  private constructor(
    /** @internal */
    public readonly _transform: CfnListenerRule.TransformProperty,
  ) {}
}
