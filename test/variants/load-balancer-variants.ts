import type { Stack } from 'aws-cdk-lib';
import type { IApplicationLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { ENV, existingVpc, https, type Library, type Variant, variant } from './variant';

const ISSUER = 'https://login.example.com';

/** Every kind of load balancer, listener and target group. */
export const LOAD_BALANCER_VARIANTS: readonly Variant[] = [
  variant('clients of some ranges only', (_, { cdk }) => ({ allowFrom: [cdk.aws_ec2.Peer.ipv4('203.0.113.0/24')] })),
  variant('a domain name with its zone and certificate', (stack, { cdk }) => ({
    domainName: 'shop.example.com',
    hostedZone: cdk.aws_route53.HostedZone.fromHostedZoneAttributes(stack, 'Zone', { hostedZoneId: 'Z123', zoneName: 'example.com' }),
  })),
  variant('HTTPS on another port, without a redirect, with an older TLS policy and a second certificate', (stack, library) => ({
    ...https(stack, library),
    additionalCertificates: [
      library.cdk.aws_certificatemanager.Certificate.fromCertificateArn(
        stack,
        'Other',
        `arn:aws:acm:${ENV.region}:${ENV.account}:certificate/87654321-1234-1234-1234-123456789012`,
      ),
    ],
    listenerPort: 8443,
    redirectHttp: false,
    sslPolicy: library.cdk.aws_elasticloadbalancingv2.SslPolicy.TLS13_RES,
    urlOutput: false,
  })),
  variant('a managed web ACL', (stack, library) => ({ ...https(stack, library), webAcl: library.ours.WebAcl.managed() })),
  variant('settings of the load balancer', (stack, library) => ({
    ...https(stack, library),
    loadBalancerName: 'shop',
    deletionProtection: true,
    dropInvalidHeaderFields: false,
    idleTimeout: library.cdk.Duration.seconds(120),
    zonalShift: true,
    accessLogsBucket: library.cdk.aws_s3.Bucket.fromBucketName(stack, 'Logs', 'access-logs'),
    healthCheckLogs: true,
  })),
  variant('no access logs', (stack, library) => ({ ...https(stack, library), accessLogs: false }), { chosenFindings: ['ELB2'] }),
  variant('settings of the target group', (stack, library) => {
    const { TargetGroupLoadBalancingAlgorithmType } = library.cdk.aws_elasticloadbalancingv2;
    return {
      ...https(stack, library),
      targetGroupName: 'shop',
      loadBalancingAlgorithm: TargetGroupLoadBalancingAlgorithmType.WEIGHTED_RANDOM,
      enableAnomalyMitigation: true,
      deregistrationDelay: library.cdk.Duration.seconds(60),
      stickinessCookieDuration: library.cdk.Duration.hours(1),
      healthCheck: { path: '/ready', port: '9090', healthyHttpCodes: '200-299', healthyThresholdCount: 3 },
    };
  }),
  variant('HTTPS to the tasks, with a slow start', (stack, library) => ({
    ...https(stack, library),
    targetProtocol: library.cdk.aws_elasticloadbalancingv2.ApplicationProtocol.HTTPS,
    slowStart: library.cdk.Duration.seconds(60),
  })),
  variant('gRPC', (stack, library) => ({
    ...https(stack, library),
    protocolVersion: library.cdk.aws_elasticloadbalancingv2.ApplicationProtocolVersion.GRPC,
  })),
  variant('users who log in with OpenID Connect', (stack, library) => ({
    ...https(stack, library),
    authentication: library.ours.Authentication.oidc({
      issuer: ISSUER,
      authorizationEndpoint: `${ISSUER}/authorize`,
      tokenEndpoint: `${ISSUER}/token`,
      userInfoEndpoint: `${ISSUER}/user`,
      clientId: 'shop',
      clientSecret: library.cdk.SecretValue.secretsManager('login'),
    }),
  })),
  variant(
    'clients with a JSON Web Token',
    (stack, library) => ({
      ...https(stack, library),
      authentication: library.ours.Authentication.jwt({
        issuer: ISSUER,
        jwksEndpoint: `${ISSUER}/keys`,
        additionalClaims: [library.ours.JwtClaim.spaceSeparated('scope', ['read'])],
      }),
    }),
    { isOf2026: true },
  ),
  variant('a load balancer of the app', (stack, library) => {
    const loadBalancer = sharedLoadBalancer(stack, library);
    return { ...https(stack, library), vpc: loadBalancer.vpc, loadBalancer };
  }),
  variant('a listener of the app, with two services possible', (stack, library) => ({
    ...onSharedListener(stack, library),
    conditions: [library.cdk.aws_elasticloadbalancingv2.ListenerCondition.pathPatterns(['/cart*'])],
  })),
  variant(
    'a rule with regular expressions and rewrites',
    (stack, library) => ({
      ...onSharedListener(stack, library),
      conditions: [library.ours.RegexCondition.path(['^/v[0-9]+/cart'])],
      transforms: [library.ours.RuleTransform.urlRewrite('^/v[0-9]+/(.*)$', '/$1')],
    }),
    { isOf2026: true },
  ),
  variant('an imported load balancer', (stack, library) => ({
    ...https(stack, library),
    ...existingVpc(stack, library),
    loadBalancer: library.cdk.aws_elasticloadbalancingv2.ApplicationLoadBalancer.fromApplicationLoadBalancerAttributes(stack, 'Shared', {
      loadBalancerArn: `arn:aws:elasticloadbalancing:${ENV.region}:${ENV.account}:loadbalancer/app/shop/0123456789abcdef`,
      loadBalancerDnsName: 'shop.example.com',
      securityGroupId: 'sg-33333333',
    }),
  })),
];

function onSharedListener(stack: Stack, library: Library) {
  const loadBalancer = sharedLoadBalancer(stack, library);
  const { certificate } = https(stack, library);
  const defaultAction = library.cdk.aws_elasticloadbalancingv2.ListenerAction.fixedResponse(404);
  const listener = loadBalancer.addListener('Https', { port: 443, certificates: [certificate!], open: false, defaultAction });
  return { vpc: loadBalancer.vpc, listener, priority: 7 };
}

/** An internal one: who may connect is not the subject of these variants. */
function sharedLoadBalancer(
  stack: Stack,
  library: Library,
): IApplicationLoadBalancer & InstanceType<Library['cdk']['aws_elasticloadbalancingv2']['ApplicationLoadBalancer']> {
  const { ApplicationLoadBalancer } = library.cdk.aws_elasticloadbalancingv2;
  const loadBalancer = new ApplicationLoadBalancer(stack, 'Shared', { ...existingVpc(stack, library), dropInvalidHeaderFields: true });
  loadBalancer.logAccessLogs(library.cdk.aws_s3.Bucket.fromBucketName(stack, 'SharedLogs', 'shared-logs'));
  return loadBalancer;
}
