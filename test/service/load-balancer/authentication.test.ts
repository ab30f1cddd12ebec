import { Duration, SecretValue, type Stack } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { UserPool, UserPoolClient, UserPoolDomain } from 'aws-cdk-lib/aws-cognito';
import { SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import {
  ApplicationLoadBalancer,
  ApplicationProtocolVersion,
  IpAddressType,
  ListenerAction,
  ListenerCertificate,
  ListenerCondition,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { describe, expect, test } from 'vitest';
import { Authentication, Deployment, JwtClaim, Network, type ScalableStatelessServiceProps } from '../../../src';
import { propertiesOf, refusals, synthesize } from '../../synthesize';

const IMAGE = ContainerImage.fromRegistry('123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop:7');
const ISSUER = 'https://login.example.com';
const JWT = { issuer: ISSUER, jwksEndpoint: `${ISSUER}/keys` };
const OIDC = {
  issuer: ISSUER,
  authorizationEndpoint: `${ISSUER}/authorize`,
  tokenEndpoint: `${ISSUER}/token`,
  userInfoEndpoint: `${ISSUER}/user`,
  clientId: 'shop',
  clientSecret: SecretValue.secretsManager('oidc'),
};

const secure = (stack: Stack): ScalableStatelessServiceProps => ({
  image: IMAGE,
  certificate: Certificate.fromCertificateArn(stack, 'Mine', 'arn:aws:acm:eu-west-1:123456789012:certificate/1'),
});

function cognitoIn(stack: Stack): Authentication {
  return Authentication.cognito({
    userPool: UserPool.fromUserPoolId(stack, 'Users', 'eu-west-1_1'),
    userPoolClient: UserPoolClient.fromUserPoolClientId(stack, 'Client', 'client-1'),
    userPoolDomain: UserPoolDomain.fromDomainName(stack, 'Domain', 'shop'),
    sessionTimeout: Duration.hours(1),
  });
}

describe('the listener authenticates before it forwards', () => {
  test.each<[string, (stack: Stack) => Authentication, object]>([
    [
      'with OpenID Connect',
      () => Authentication.oidc({ ...OIDC, scope: 'openid email' }),
      { Type: 'authenticate-oidc', AuthenticateOidcConfig: { ClientId: 'shop', Issuer: ISSUER, Scope: 'openid email' } },
    ],
    ['with Cognito', cognitoIn, { Type: 'authenticate-cognito', AuthenticateCognitoConfig: { SessionTimeout: '3600' } }],
    [
      'with a token',
      () =>
        Authentication.jwt({
          ...JWT,
          additionalClaims: [
            JwtClaim.singleString('tenant', 'shop'),
            JwtClaim.spaceSeparated('scope', ['read']),
            JwtClaim.stringArray('aud', ['a']),
          ],
        }),
      {
        Type: 'jwt-validation',
        JwtValidationConfig: {
          Issuer: ISSUER,
          JwksEndpoint: `${ISSUER}/keys`,
          AdditionalClaims: [
            { Name: 'tenant', Format: 'single-string', Values: ['shop'] },
            { Name: 'scope', Format: 'space-separated-values', Values: ['read'] },
            { Name: 'aud', Format: 'string-array', Values: ['a'] },
          ],
        },
      },
    ],
  ])('%s', (_, authentication, action) => {
    const { template } = synthesize((stack) => ({ ...secure(stack), authentication: authentication(stack) }));
    const listener = propertiesOf(template, 'AWS::ElasticLoadBalancingV2::Listener', 'HttpsListener');
    expect(listener['DefaultActions']).toMatchObject([
      { Order: 1, ...action },
      { Order: 2, Type: 'forward' },
    ]);
    const { SecurityGroupEgress: egress } = propertiesOf(template, 'AWS::EC2::SecurityGroup', 'LoadBalancer');
    expect(egress).toContainEqual(expect.objectContaining({ CidrIp: '0.0.0.0/0', FromPort: 443 }));
  });

  test('in the rule that a blue/green deployment changes', () => {
    const { template } = synthesize((stack) => ({
      ...secure(stack),
      deployment: Deployment.blueGreen(),
      authentication: Authentication.jwt(JWT),
    }));
    const rule = propertiesOf(template, 'AWS::ElasticLoadBalancingV2::ListenerRule');
    expect(rule['Actions']).toMatchObject([{ Type: 'jwt-validation' }, { Type: 'forward' }]);
  });
});

describe('refused', () => {
  test('authentication without HTTPS', () => {
    expect(refusals({ image: IMAGE, authentication: Authentication.jwt(JWT) })).toEqual([
      'certificate or domainName must be given beside authentication, got neither',
    ]);
  });

  test('authentication on a shared listener of HTTP', () => {
    const refused = refusals((stack) => {
      const vpc = new Vpc(stack, 'Net', { maxAzs: 2 });
      const loadBalancer = new ApplicationLoadBalancer(stack, 'Shared', { vpc });
      const listener = loadBalancer.addListener('Http', { port: 80, defaultAction: ListenerAction.fixedResponse(404) });
      const conditions = [ListenerCondition.pathPatterns(['/cart'])];
      return { image: IMAGE, vpc, listener, conditions, priority: 1, authentication: Authentication.jwt(JWT) };
    });
    expect(refused).toEqual(['listener must use HTTPS beside authentication, got one of HTTP']);
  });

  test.each<[string, ScalableStatelessServiceProps, string]>([
    [
      'a load balancer without a route to the identity provider',
      { authentication: Authentication.jwt(JWT), internetFacing: false },
      'network must be Network.privateWithNat() for the authentication of an internal load balancer, which calls the identity provider, got isolated subnets, its default',
    ],
    [
      'an internal load balancer in public subnets',
      { authentication: Authentication.oidc(OIDC), internetFacing: false, network: Network.public() },
      'network must be Network.privateWithNat() for the authentication of an internal load balancer, which calls the identity provider, got public subnets, in which it has no public IP address',
    ],
    [
      'an internal load balancer that is put into public subnets',
      {
        authentication: Authentication.oidc(OIDC),
        internetFacing: false,
        network: Network.privateWithNat(),
        loadBalancerSubnets: { subnetType: SubnetType.PUBLIC },
      },
      'loadBalancerSubnets must be left out for the authentication of an internal load balancer, which calls the identity provider, got public subnets, in which it has no public IP address',
    ],
    [
      'a load balancer without public IPv4 addresses',
      { authentication: Authentication.jwt(JWT), ipAddressType: IpAddressType.DUAL_STACK_WITHOUT_PUBLIC_IPV4 },
      'ipAddressType must be IpAddressType.DUAL_STACK beside authentication, as the load balancer calls the identity provider over IPv4, got DUAL_STACK_WITHOUT_PUBLIC_IPV4',
    ],
    [
      'gRPC',
      { authentication: Authentication.jwt(JWT), protocolVersion: ApplicationProtocolVersion.GRPC },
      'authentication must be left out with protocolVersion GRPC, to which a rule can only forward, got one',
    ],
    [
      'keys over HTTP',
      { authentication: Authentication.jwt({ ...JWT, jwksEndpoint: 'http://login.example.com/keys' }) },
      "authentication.jwksEndpoint must be a full URL that begins with https://, got 'http://login.example.com/keys'",
    ],
    [
      'a session of eight days',
      { authentication: Authentication.oidc({ ...OIDC, sessionTimeout: Duration.days(8) }) },
      'authentication.sessionTimeout must be a whole number of seconds from 1 to 604800, got 691200',
    ],
    [
      'eleven claims',
      {
        authentication: Authentication.jwt({ ...JWT, additionalClaims: Array.from({ length: 11 }, () => JwtClaim.singleString('a', 'b')) }),
      },
      'authentication.additionalClaims must be at most 10 claims, got 11',
    ],
  ])('%s', (_, props, error) => {
    expect(refusals((stack) => ({ ...secure(stack), ...props }))).toEqual([error]);
  });
});

describe('a load balancer in a VPC of the caller, internal unless it says otherwise,', () => {
  /** The types of subnets of the VPC, the props, and whether the load balancer has no route. */
  const { PUBLIC, PRIVATE_ISOLATED: ISOLATED, PRIVATE_WITH_EGRESS: EGRESS } = SubnetType;
  type Row = [string, SubnetType[], (vpc: Vpc, stack: Stack) => ScalableStatelessServiceProps, string | undefined];
  test.each<Row>([
    ['with NAT gateways', [PUBLIC, EGRESS], () => ({}), undefined],
    ['without a route', [PUBLIC, ISOLATED], () => ({}), 'isolated'],
    ['put into public subnets', [PUBLIC, EGRESS], () => ({ loadBalancerSubnets: { subnetType: PUBLIC } }), 'public'],
    ['with tasks in public subnets', [PUBLIC], () => ({ network: Network.public() }), 'public'],
    [
      'internet-facing, without public IPv4 addresses',
      [PUBLIC, EGRESS],
      () => ({ internetFacing: true, ipAddressType: IpAddressType.DUAL_STACK_WITHOUT_PUBLIC_IPV4 }),
      'public',
    ],
    ['internet-facing', [PUBLIC, EGRESS], () => ({ internetFacing: true }), undefined],
    ['that exists, in isolated subnets', [PUBLIC, ISOLATED], (vpc, stack) => existing(vpc, stack, ISOLATED), 'isolated'],
    ['that exists, with NAT gateways', [PUBLIC, EGRESS], (vpc, stack) => existing(vpc, stack, EGRESS), undefined],
    ['of a shared listener, in isolated subnets', [PUBLIC, ISOLATED], (vpc, stack) => shared(vpc, stack, ISOLATED), 'isolated'],
  ])('is warned of where it cannot call the identity provider: %s', (_, types, props, kind) => {
    const { annotations } = synthesize((stack) => {
      const subnetConfiguration = types.map((subnetType) => ({ name: subnetType, subnetType }));
      const vpc = new Vpc(stack, 'Net', { maxAzs: 2, subnetConfiguration });
      const own = props(vpc, stack);
      const scheme = own.loadBalancer === undefined && own.listener === undefined ? { internetFacing: false } : {};
      const { certificate, ...rest } = secure(stack);
      return { ...rest, ...(own.listener ? {} : { certificate }), vpc, authentication: Authentication.oidc(OIDC), ...scheme, ...own };
    });
    const warnings = annotations.findWarning('/Shop/Search', Match.stringLikeRegexp('identity provider on the Internet'));
    expect(warnings.map(({ entry }) => /in (\w+) subnets of Shop\/Net/.exec(String(entry.data))?.[1])).toEqual(
      kind === undefined ? [] : [kind],
    );
  });
});

function existing(vpc: Vpc, stack: Stack, subnetType: SubnetType): { loadBalancer: ApplicationLoadBalancer } {
  return { loadBalancer: new ApplicationLoadBalancer(stack, 'Own', { vpc, vpcSubnets: { subnetType } }) };
}

function shared(vpc: Vpc, stack: Stack, subnetType: SubnetType): ScalableStatelessServiceProps {
  const { loadBalancer } = existing(vpc, stack, subnetType);
  const listener = loadBalancer.addListener('Https', {
    port: 443,
    certificates: [ListenerCertificate.fromArn('arn:aws:acm:eu-west-1:123456789012:certificate/1')],
    defaultAction: ListenerAction.fixedResponse(404),
  });
  return { listener, conditions: [ListenerCondition.pathPatterns(['/a'])], priority: 1 };
}
