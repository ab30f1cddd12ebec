import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { IConstruct } from 'constructs';

/**
 * What a `LoadTest` sends requests to: a `ScalableStatelessService` or `ScalableStatelessInstances`, created or imported.
 */
export interface ILoadTestTarget extends IConstruct {
  /**
   * The URL of the service.
   */
  readonly url: string;
}

/**
 * What `Chaos` experiments are about: a `ScalableStatelessService` or `ScalableStatelessInstances` of this app.
 */
export interface IChaosTarget extends IConstruct {
  /**
   * The alarms of the target.
   */
  readonly alarms: Alarm[];
}
