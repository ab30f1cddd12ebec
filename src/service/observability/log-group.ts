import { RemovalPolicy } from 'aws-cdk-lib';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { ObservabilityProps } from './observability-props';

/** A log of the service. It goes when the service goes, unless it is wanted for longer. */
export function createLogGroup(scope: Construct, id: 'LogGroup' | 'FlowLogGroup', props: ObservabilityProps): LogGroup {
  return new LogGroup(scope, id, {
    retention: props.logRetention ?? RetentionDays.ONE_MONTH,
    encryptionKey: props.logEncryptionKey,
    removalPolicy: props.logRemovalPolicy ?? RemovalPolicy.DESTROY,
  });
}
