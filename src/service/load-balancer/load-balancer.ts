import { Duration, RemovalPolicy, Stack, Tokenization } from 'aws-cdk-lib';
import { Certificate, CertificateValidation, type ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import type { SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import {
  ApplicationListener,
  ApplicationLoadBalancer,
  ApplicationProtocol,
  type CfnListener,
  type CfnLoadBalancer,
  type IApplicationListener,
  type IApplicationLoadBalancer,
  IpAddressType,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { AaaaRecord, ARecord, RecordTarget } from 'aws-cdk-lib/aws-route53';
import { LoadBalancerTarget } from 'aws-cdk-lib/aws-route53-targets';
import { BlockPublicAccess, Bucket, BucketEncryption, type CfnBucket, type IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { DEFAULTS } from '../../plan/default-plan';
import { loadBalancerIdOf } from '../moving/kept-ids';
import { hasNoRecord, keepRecord, keptDomainOf } from '../moving/kept-record';
import type { MovingProps } from '../moving/moving-props';
import { patternOf } from '../moving/pattern-facts';
import type { ServiceNetwork } from '../network/service-network';
import type { ObservabilityProps } from '../observability/observability-props';
import { numberAsText, secondsOf } from '../prop-rules';
import { hasIpv6 } from './ip-address-type';
import type { LoadBalancerProps } from './load-balancer-props';
import { HTTP_PORT, HTTPS_PORT } from './standard-ports';

/** Creates the load balancer: in public subnets if it is internet-facing, else in the subnets of the tasks. */
export function createLoadBalancer(
  scope: Construct,
  network: ServiceNetwork,
  props: LoadBalancerProps & MovingProps,
): ApplicationLoadBalancer {
  const idleSeconds = secondsOf(props.idleTimeout) ?? DEFAULTS.idleTimeoutSeconds;
  const loadBalancer = new ApplicationLoadBalancer(scope, loadBalancerIdOf(props), {
    vpc: network.vpc,
    internetFacing: facesInternet(props),
    vpcSubnets: loadBalancerSubnetsIn(network, props),
    securityGroup: props.loadBalancerSecurityGroup,
    loadBalancerName: props.loadBalancerName,
    deletionProtection: props.deletionProtection ?? DEFAULTS.deletionProtection,
    idleTimeout: Duration.seconds(idleSeconds),
    ipAddressType: props.ipAddressType,
  });
  // the CDK has a text for a number, and not for a token that becomes one.
  loadBalancer.setAttribute('idle_timeout.timeout_seconds', numberAsText(idleSeconds));
  // an attribute that a template no longer has keeps its value (https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/554).
  loadBalancer.setAttribute('zonal_shift.config.enabled', String(props.zonalShift ?? false));
  const dropsHeaders = props.dropInvalidHeaderFields ?? DEFAULTS.dropInvalidHeaderFields;
  loadBalancer.setAttribute('routing.http.drop_invalid_header_fields.enabled', String(dropsHeaders));
  return loadBalancer;
}

/** Whether the load balancer of these props is internet-facing. */
export function facesInternet(props: LoadBalancerProps): boolean {
  return props.internetFacing ?? DEFAULTS.internetFacing;
}

/** Whether a load balancer of this app is internal. */
export function isInternal(loadBalancer: ApplicationLoadBalancer): boolean {
  return (loadBalancer.node.defaultChild as CfnLoadBalancer).scheme !== 'internet-facing';
}

/** The subnets of the load balancer. */
export function loadBalancerSubnetsIn(
  { vpc, taskSubnets }: Pick<ServiceNetwork, 'vpc' | 'taskSubnets'>,
  props: LoadBalancerProps & MovingProps,
): SubnetSelection {
  const inside = patternOf(props) === undefined ? taskSubnets : {};
  return props.loadBalancerSubnets ?? (facesInternet(props) ? { subnets: vpc.publicSubnets } : inside);
}

/** The service principal that writes access logs, in all regions (https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html). */
const WRITER = 'logdelivery.elasticloadbalancing.amazonaws.com';

/**
 * Enables access logs, unless the props disable them, and health check logs, if the props enable them.
 *
 * The method of the CDK works only where the region is known, as older regions use accounts as principals.
 */
export function enableAccessLogs(
  scope: Construct,
  loadBalancer: ApplicationLoadBalancer,
  props: LoadBalancerProps & ObservabilityProps,
): IBucket | undefined {
  const logs = { access_logs: props.accessLogs ?? DEFAULTS.accessLogs, health_check_logs: props.healthCheckLogs ?? false };
  const bucket = Object.values(logs).includes(true) ? (props.accessLogsBucket ?? createLogBucket(scope, props)) : undefined;
  for (const [log, isEnabled] of Object.entries(logs)) {
    loadBalancer.setAttribute(`${log}.s3.enabled`, String(isEnabled));
    if (isEnabled && bucket !== undefined) loadBalancer.setAttribute(`${log}.s3.bucket`, bucket.bucketName);
  }
  if (bucket === undefined) return undefined;
  bucket.addToResourcePolicy(
    new PolicyStatement({
      actions: ['s3:PutObject'],
      principals: [new ServicePrincipal(WRITER)],
      resources: [bucket.arnForObjects(`AWSLogs/${Stack.of(scope).account}/*`)],
    }),
  );
  // the load balancer writes a test object when access logs are enabled.
  if (bucket.policy !== undefined) loadBalancer.node.defaultChild!.node.addDependency(bucket.policy);
  return bucket;
}

/** The server access logs of the bucket go to a second bucket: in the same one, each log entry would cause another. */
function createLogBucket(
  scope: Construct,
  { logRemovalPolicy: removalPolicy = RemovalPolicy.RETAIN, logRetention: days = DEFAULTS.accessLogDays }: ObservabilityProps,
): Bucket {
  const lifecycleRules = days === RetentionDays.INFINITE ? [] : [{ expiration: Duration.days(days) }];
  // S3 deletes empty buckets only.
  const shared = { ...CLOSED, removalPolicy, lifecycleRules, autoDeleteObjects: removalPolicy === RemovalPolicy.DESTROY };
  const readers = new Bucket(scope, 'AccessLogReaders', shared);
  const logs = new Bucket(scope, 'AccessLogs', shared);
  logReaders(logs, readers);
  return logs;
}

/** The CDK uses an access control list for this unless a feature flag is set; S3 recommends a bucket policy. */
function logReaders(logs: Bucket, readers: Bucket): void {
  (logs.node.defaultChild as CfnBucket).loggingConfiguration = { destinationBucketName: readers.bucketName };
  readers.addToResourcePolicy(
    new PolicyStatement({
      actions: ['s3:PutObject'],
      principals: [new ServicePrincipal('logging.s3.amazonaws.com')],
      resources: [readers.arnForObjects('*')],
      conditions: { ArnLike: { 'aws:SourceArn': logs.bucketArn }, StringEquals: { 'aws:SourceAccount': Stack.of(logs).account } },
    }),
  );
}

const CLOSED = {
  encryption: BucketEncryption.S3_MANAGED,
  blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
  enforceSSL: true,
} as const;

/** The certificate of the props, or a new one that is validated by DNS; undefined for HTTP. */
export function certificateOf(scope: Construct, { certificate, domainName, hostedZone }: LoadBalancerProps): ICertificate | undefined {
  if (certificate !== undefined || domainName === undefined || hostedZone === undefined) return certificate;
  return new Certificate(scope, 'Certificate', { domainName, validation: CertificateValidation.fromDns(hostedZone) });
}

/** Creates the alias records of the load balancer, where there is a hosted zone: one for each type of IP address that it has. */
export function createAliasRecords(
  scope: Construct,
  loadBalancer: IApplicationLoadBalancer,
  props: LoadBalancerProps & MovingProps,
): Construct[] {
  const kept = keepRecord(scope, loadBalancer, props);
  if (kept !== undefined) return [kept];
  if (hasNoRecord(props) || props.domainName === undefined || props.hostedZone === undefined) return [];
  const target = RecordTarget.fromAlias(new LoadBalancerTarget(loadBalancer));
  const record = { zone: props.hostedZone, recordName: props.domainName, target };
  const { ipAddressType } = loadBalancer;
  return [
    ...(ipAddressType === IpAddressType.DUAL_STACK_WITHOUT_PUBLIC_IPV4 ? [] : [new ARecord(scope, 'Record', record)]),
    ...(hasIpv6(ipAddressType) ? [new AaaaRecord(scope, 'Ipv6Record', record)] : []),
  ];
}

/** The ports of the listeners. */
/** The URL of the service. */
export function urlOf(
  listener: IApplicationListener,
  loadBalancer: IApplicationLoadBalancer,
  props: LoadBalancerProps & MovingProps,
): string {
  const domainName = props.domainName ?? keptDomainOf(props);
  const { isSecure, port } = listener instanceof ApplicationListener ? addressOf(listener) : importedAddressOf(listener, domainName);
  const suffix = port === (isSecure ? HTTPS_PORT : HTTP_PORT) ? '' : `:${Tokenization.stringifyNumber(port)}`;
  return `${isSecure ? 'https' : 'http'}://${domainName ?? loadBalancer.loadBalancerDnsName}${suffix}`;
}

/** The protocol and the port of a listener. */
interface ListenerAddress {
  readonly isSecure: boolean;
  readonly port: number;
}

function addressOf({ port, node }: ApplicationListener): ListenerAddress {
  return { isSecure: (node.defaultChild as CfnListener).protocol === ApplicationProtocol.HTTPS, port };
}

/** An imported listener may know its port. It is assumed to use HTTPS on port 443, and on any other but 80 where the service has a domain name. */
function importedAddressOf({ connections }: IApplicationListener, domainName: string | undefined): ListenerAddress {
  const known = Number(connections.defaultPort?.toString());
  const isSecure = known === HTTPS_PORT || (known !== HTTP_PORT && domainName !== undefined);
  return { isSecure, port: known || (isSecure ? HTTPS_PORT : HTTP_PORT) };
}
