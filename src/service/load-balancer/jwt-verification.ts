import { Port } from 'aws-cdk-lib/aws-ec2';
import { type CfnListener, type IApplicationListener, ListenerAction } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { Construct, IConstruct } from 'constructs';

/**
 * Options of `Authentication.jwt()`.
 */
export interface JwtVerificationOptions {
  /**
   * The issuer of the JWT: the expected value of its claim `iss`.
   */
  readonly issuer: string;

  /**
   * The JSON Web Key Set (JWKS) endpoint, with the public keys of the issuer: a full URL, including the HTTPS protocol, the domain, and the
   * path. At most 150 KB and 10 keys. The load balancer must reach it.
   */
  readonly jwksEndpoint: string;

  /**
   * The additional claims to validate: at most 10.
   *
   * @default - only `iss`, `exp`, and where a token has them `nbf` and `iat`
   */
  readonly additionalClaims?: JwtClaim[];
}

/**
 * A claim of a JSON Web Token, and what the load balancer accepts as its value.
 */
export class JwtClaim {
  /**
   * A claim that is one text.
   *
   * @param name its name, not `iss`, `exp`, `nbf` or `iat`
   * @param value the value that it must have
   */
  public static singleString(name: string, value: string): JwtClaim {
    return new JwtClaim(name, 'single-string', [value]);
  }

  /**
   * A claim that is an array of texts, such as `aud`.
   *
   * @param name its name, not `iss`, `exp`, `nbf` or `iat`
   * @param values the values, at most 10
   */
  public static stringArray(name: string, values: string[]): JwtClaim {
    return new JwtClaim(name, 'string-array', values);
  }

  /**
   * A claim that is a text of values which are separated by spaces, such as `scope`.
   *
   * @param name its name, not `iss`, `exp`, `nbf` or `iat`
   * @param values the values, at most 10
   */
  public static spaceSeparated(name: string, values: string[]): JwtClaim {
    return new JwtClaim(name, 'space-separated-values', values);
  }

  private constructor(
    /** @internal */
    public readonly _name: string,

    /** @internal */
    public readonly _format: string,

    /** @internal */
    public readonly _values: string[],
  ) {}
}

const HTTPS = Port.tcp(443);

/** The action that verifies a token. The oldest supported CDK has no class for it. */
export class JwtVerificationAction extends ListenerAction {
  public constructor(options: JwtVerificationOptions, next: ListenerAction) {
    super({ type: 'jwt-validation', jwtValidationConfig: configurationOf(options) }, next);
  }

  /** The load balancer reads the keys of the issuer. */
  public override bind(scope: Construct, listener: IApplicationListener, associatingConstruct?: IConstruct): void {
    super.bind(scope, listener, associatingConstruct);
    listener.connections.allowToAnyIpv4(HTTPS, 'To the keys of the issuer');
  }
}

function configurationOf({ issuer, jwksEndpoint, additionalClaims }: JwtVerificationOptions): CfnListener.JwtValidationConfigProperty {
  const claims = additionalClaims?.map(({ _name: name, _format: format, _values: values }) => ({ name, format, values }));
  return { issuer, jwksEndpoint, additionalClaims: claims };
}
