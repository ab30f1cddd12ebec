import type { RetentionDays } from 'aws-cdk-lib/aws-logs';

/**
 * What can be seen of the service.
 */
export interface ObservabilityProps {
  /**
   * How long the log of the tasks is kept.
   *
   * @default RetentionDays.ONE_MONTH
   */
  readonly logRetention?: RetentionDays;
}
