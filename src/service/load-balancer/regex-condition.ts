import { ListenerCondition } from 'aws-cdk-lib/aws-elasticloadbalancingv2';

/**
 * The conditions of a listener rule that are regular expressions.
 */
export class RegexCondition {
  /**
   * Matches the path of a URL.
   *
   * @param patterns regular expressions, such as `^/v[0-9]+/cart$`; one of them must match
   */
  public static path(patterns: string[]): ListenerCondition {
    return new RenderedCondition({ field: 'path-pattern', pathPatternConfig: { regexValues: patterns } });
  }

  /**
   * Matches the host header.
   *
   * @param patterns regular expressions; one of them must match
   */
  public static hostHeader(patterns: string[]): ListenerCondition {
    return new RenderedCondition({ field: 'host-header', hostHeaderConfig: { regexValues: patterns } });
  }

  /**
   * Matches an HTTP header.
   *
   * @param httpHeaderName the name of the header
   * @param patterns regular expressions; one of them must match
   */
  public static httpHeader(httpHeaderName: string, patterns: string[]): ListenerCondition {
    return new RenderedCondition({ field: 'http-header', httpHeaderConfig: { httpHeaderName, regexValues: patterns } });
  }

  private constructor() {}
}

/** A condition that the CDK has no class for. */
class RenderedCondition extends ListenerCondition {
  public constructor(private readonly condition: object) {
    super();
  }

  public renderRawCondition(): object {
    return this.condition;
  }
}
