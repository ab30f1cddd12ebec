import { CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { Peer } from 'aws-cdk-lib/aws-ec2';
import { Deployment, ScalableStatelessService } from 'cdk-scalable-stateless-service';
import type { Construct } from 'constructs';

/** The port of the test listener: it forwards to the new version only. */
export const TEST_PORT = 9000;

/** A shop whose new version can be tested on a test listener before it gets production traffic. */
export class BlueGreenShop extends Stack {
  public readonly shop: ScalableStatelessService;

  public constructor(scope: Construct, id: string) {
    super(scope, id);
    this.shop = new ScalableStatelessService(this, 'Shop', {
      deployment: Deployment.blueGreen({
        // the old version keeps running for so long, so that a rollback is immediate.
        bakeTime: Duration.minutes(10),
        // the addresses of your office.
        testTraffic: { port: TEST_PORT, allowFrom: [Peer.ipv4('203.0.113.0/24')] },
      }),
    });
    new CfnOutput(this, 'Url', { value: this.shop.url });
  }
}
