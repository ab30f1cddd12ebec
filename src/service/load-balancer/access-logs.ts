import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { ApplicationLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, BucketEncryption, type CfnBucket, type IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { DEFAULTS } from '../../plan/default-plan';
import type { ObservabilityProps } from '../observability/observability-props';
import type { LoadBalancerProps } from './load-balancer-props';

/** Who writes the logs, in every region (https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html). */
const WRITER = 'logdelivery.elasticloadbalancing.amazonaws.com';

/**
 * Logs every request to a bucket, unless the props say that none is to be logged.
 *
 * The CDK's own method needs to know the region, for the sake of accounts that once wrote the logs.
 */
export function logRequests(
  scope: Construct,
  loadBalancer: ApplicationLoadBalancer,
  props: LoadBalancerProps & ObservabilityProps,
): IBucket | undefined {
  if (!(props.accessLogs ?? DEFAULTS.accessLogs)) return undefined;
  const bucket = props.accessLogsBucket ?? createLogBucket(scope, props);
  loadBalancer.setAttribute('access_logs.s3.enabled', 'true');
  loadBalancer.setAttribute('access_logs.s3.bucket', bucket.bucketName);
  bucket.addToResourcePolicy(
    new PolicyStatement({
      actions: ['s3:PutObject'],
      principals: [new ServicePrincipal(WRITER)],
      resources: [bucket.arnForObjects(`AWSLogs/${Stack.of(scope).account}/*`)],
    }),
  );
  // the load balancer tries whether it may write when it is told to.
  if (bucket.policy !== undefined) loadBalancer.node.addDependency(bucket.policy);
  return bucket;
}

/** What S3 logs of who reads the logs goes to another bucket: to the same one, every line would make the next. */
function createLogBucket(scope: Construct, { logRemovalPolicy: removalPolicy = RemovalPolicy.RETAIN }: ObservabilityProps): Bucket {
  // S3 deletes no bucket that holds something.
  const shared = { ...CLOSED, removalPolicy, autoDeleteObjects: removalPolicy === RemovalPolicy.DESTROY };
  const readers = new Bucket(scope, 'AccessLogReaders', shared);
  const logs = new Bucket(scope, 'AccessLogs', shared);
  logReaders(logs, readers);
  return logs;
}

/** The CDK's own way allows it by an access control list, which S3 advises against, unless a feature flag is set. */
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
