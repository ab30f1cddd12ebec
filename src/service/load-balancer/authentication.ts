import type { Duration, SecretValue } from 'aws-cdk-lib';
import type { IUserPool, IUserPoolClient, IUserPoolDomain } from 'aws-cdk-lib/aws-cognito';
import { ListenerAction, type UnauthenticatedAction } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { AuthenticateCognitoAction } from 'aws-cdk-lib/aws-elasticloadbalancingv2-actions';
import { JwtVerificationAction, type JwtVerificationOptions } from './jwt-verification';

/**
 * Options that `Authentication.oidc()` and `Authentication.cognito()` have in common.
 */
export interface UserAuthenticationOptions {
  /**
   * The behavior if the user is not authenticated.
   *
   * @default - `UnauthenticatedAction.AUTHENTICATE`, that of Elastic Load Balancing
   */
  readonly onUnauthenticatedRequest?: UnauthenticatedAction;

  /**
   * The set of user claims to be requested from the IdP.
   *
   * @default - `openid`, that of Elastic Load Balancing
   */
  readonly scope?: string;

  /**
   * The name of the cookie used to maintain session information.
   *
   * @default - `AWSELBAuthSessionCookie`, that of Elastic Load Balancing
   */
  readonly sessionCookieName?: string;

  /**
   * The maximum duration of the authentication session: whole seconds, from 1 second to 7 days.
   *
   * @default - 7 days, that of Elastic Load Balancing
   */
  readonly sessionTimeout?: Duration;
}

/**
 * Options of `Authentication.oidc()`.
 */
export interface OidcAuthenticationOptions extends UserAuthenticationOptions {
  /**
   * The OIDC issuer identifier of the IdP: a full URL, including the HTTPS protocol, the domain, and the path.
   */
  readonly issuer: string;

  /**
   * The authorization endpoint of the IdP: a full URL, including the HTTPS protocol, the domain, and the path.
   */
  readonly authorizationEndpoint: string;

  /**
   * The token endpoint of the IdP: a full URL, including the HTTPS protocol, the domain, and the path.
   */
  readonly tokenEndpoint: string;

  /**
   * The user info endpoint of the IdP: a full URL, including the HTTPS protocol, the domain, and the path.
   */
  readonly userInfoEndpoint: string;

  /**
   * The OAuth 2.0 client identifier.
   */
  readonly clientId: string;

  /**
   * The OAuth 2.0 client secret, such as `SecretValue.secretsManager('oidc-client')`.
   */
  readonly clientSecret: SecretValue;
}

/**
 * Options of `Authentication.cognito()`.
 */
export interface CognitoAuthenticationOptions extends UserAuthenticationOptions {
  /**
   * The Amazon Cognito user pool.
   */
  readonly userPool: IUserPool;

  /**
   * The Amazon Cognito user pool client. It must have a secret, and allow the callback URL `https://DOMAIN/oauth2/idpresponse`.
   */
  readonly userPoolClient: IUserPoolClient;

  /**
   * The domain prefix or fully-qualified domain name of the Amazon Cognito user pool.
   */
  readonly userPoolDomain: IUserPoolDomain;
}

/**
 * How the load balancer authenticates requests before it forwards them. Health checks are not authenticated.
 *
 * The load balancer calls the identity provider over HTTPS and IPv4: its security group allows egress on port 443. It has a route to the Internet where
 * it has public IPv4 addresses, or is in subnets with a NAT gateway: an internal load balancer needs `Network.privateWithNat()`.
 */
export class Authentication {
  /**
   * Users sign in with an identity provider (IdP) that is OpenID Connect (OIDC) compliant.
   */
  public static oidc(options: OidcAuthenticationOptions): Authentication {
    return new Authentication((next) => ListenerAction.authenticateOidc({ ...options, next }), options);
  }

  /**
   * Users sign in with an Amazon Cognito user pool.
   */
  public static cognito(options: CognitoAuthenticationOptions): Authentication {
    return new Authentication((next) => new AuthenticateCognitoAction({ ...options, next }), options);
  }

  /**
   * Each request has a JSON Web Token (JWT) in its `Authorization` header, which the load balancer verifies: for services that call services.
   */
  public static jwt(options: JwtVerificationOptions): Authentication {
    return new Authentication((next) => new JwtVerificationAction(options, next), options);
  }

  private constructor(
    /** @internal */
    public readonly _before: (next: ListenerAction) => ListenerAction,

    /** @internal */
    public readonly _options: Partial<OidcAuthenticationOptions & JwtVerificationOptions>,
  ) {}
}

/** The action of a listener or rule: authenticates, where there is an authentication, and then does what is next. */
export function withAuthentication(authentication: Authentication | undefined, next: ListenerAction): ListenerAction {
  return authentication === undefined ? next : authentication._before(next);
}
