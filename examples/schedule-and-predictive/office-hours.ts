import { CfnOutput, Stack, TimeZone } from 'aws-cdk-lib';
import { Schedule } from 'aws-cdk-lib/aws-applicationautoscaling';
import { PredictiveScaling, ScalableStatelessService } from 'cdk-scalable-stateless-service';
import type { Construct } from 'constructs';

/** A service that has its tasks before the office opens, and lets AWS forecast the load of each day. */
export class OfficeHours extends Stack {
  public readonly intranet: ScalableStatelessService;

  public constructor(scope: Construct, id: string) {
    super(scope, id);
    const timeZone = TimeZone.EUROPE_BERLIN;
    this.intranet = new ScalableStatelessService(this, 'Intranet', {
      maxCapacity: 8,
      schedules: [
        { name: 'morning', schedule: Schedule.cron({ weekDay: 'MON-FRI', hour: '7', minute: '45' }), timeZone, minCapacity: 6 },
        { name: 'settled', schedule: Schedule.cron({ weekDay: 'MON-FRI', hour: '8', minute: '30' }), timeZone, minCapacity: 2 },
      ],
      // look at the forecast of AWS for two weeks, then choose FORECAST_AND_SCALE.
      predictiveScaling: PredictiveScaling.FORECAST_ONLY,
    });
    new CfnOutput(this, 'Url', { value: this.intranet.url });
  }
}
