import { RemovalPolicy } from 'aws-cdk-lib';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { SharedObservabilityProps } from './observability-props';

/** Creates a log group. It is deleted with the service, unless `logRemovalPolicy` retains it. */
export function createLogGroup(
  scope: Construct,
  id: 'LogGroup' | 'FlowLogGroup' | 'StopLogGroup',
  props: SharedObservabilityProps,
): LogGroup {
  return new LogGroup(scope, id, {
    retention: props.logRetention ?? RetentionDays.ONE_MONTH,
    encryptionKey: props.logEncryptionKey,
    removalPolicy: props.logRemovalPolicy ?? RemovalPolicy.DESTROY,
  });
}
