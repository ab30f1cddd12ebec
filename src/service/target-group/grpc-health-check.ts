import { ApplicationProtocolVersion } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { TargetGroupProps } from './target-group-props';

/**
 * The path of the health check that Elastic Load Balancing uses for gRPC by default, and its code: a method that is not implemented.
 *
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
 */
const DEFAULT_PATH = '/AWS.ALB/healthcheck';
const UNIMPLEMENTED = '12';
const OK = '0';

/** The path of the health check of the props: with gRPC, the default is a method. */
export function healthCheckPathOf({ healthCheck, protocolVersion }: TargetGroupProps): string | undefined {
  return healthCheck?.path ?? (protocolVersion === ApplicationProtocolVersion.GRPC ? DEFAULT_PATH : undefined);
}

/** The gRPC codes of a successful health check; undefined without gRPC. */
export function grpcCodesOf({ healthCheck, protocolVersion }: TargetGroupProps): string | undefined {
  if (protocolVersion !== ApplicationProtocolVersion.GRPC) return undefined;
  return healthCheck?.healthyGrpcCodes ?? (healthCheck?.path === undefined ? UNIMPLEMENTED : OK);
}
