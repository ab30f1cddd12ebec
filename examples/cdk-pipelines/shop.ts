import { CfnOutput, Stack } from 'aws-cdk-lib';
import { ScalableStatelessService } from 'cdk-scalable-stateless-service';
import type { Construct } from 'constructs';

/** A shop, which each stage of the pipeline deploys. */
export class Shop extends Stack {
  public readonly shop: ScalableStatelessService;
  public readonly url: CfnOutput;

  public constructor(scope: Construct, id: string) {
    super(scope, id);
    this.shop = new ScalableStatelessService(this, 'Shop', { targetCpuUtilizationPercent: 55, requestsPerSecondPerTask: 150 });
    this.url = new CfnOutput(this, 'Url', { value: this.shop.url });
  }
}
