import { join } from 'node:path';
import { CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { Platform } from 'aws-cdk-lib/aws-ecr-assets';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { ScalableStatelessService } from 'cdk-scalable-stateless-service';
import type { Construct } from 'constructs';

/** A service of your own: its image is built from the Dockerfile in `service` when the app is deployed. */
export class Greeter extends Stack {
  public readonly greeter: ScalableStatelessService;

  public constructor(scope: Construct, id: string) {
    super(scope, id);
    this.greeter = new ScalableStatelessService(this, 'Greeter', {
      image: ContainerImage.fromAsset(join(__dirname, 'service'), { platform: Platform.LINUX_AMD64 }),
      // what `measure` prints. The user of the Dockerfile is not root.
      requestsPerSecondPerTask: 150,
      user: '10001',
      // after two minutes the newest metric can still be from before the new tasks: more of them would be added than are needed.
      scaleOutCooldown: Duration.minutes(4),
    });
    new CfnOutput(this, 'Url', { value: this.greeter.url });
  }
}
