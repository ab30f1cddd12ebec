import { CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { HostedZone, type HostedZoneAttributes } from 'aws-cdk-lib/aws-route53';
import { ScalableStatelessService } from 'cdk-scalable-stateless-service';
import type { Construct } from 'constructs';

/** A shop: on HTTPS with a hosted zone, and else on plain HTTP, which is what the emulator and a first try have. */
export class Shop extends Stack {
  public readonly shop: ScalableStatelessService;

  public constructor(scope: Construct, id: string, zone?: HostedZoneAttributes) {
    super(scope, id);
    this.shop = new ScalableStatelessService(this, 'Shop', {
      targetCpuUtilizationPercent: 50,
      requestsPerSecondPerTask: 200,
      scaleOutCooldown: Duration.minutes(3),
      ...(zone && {
        domainName: `${id.toLowerCase()}.${zone.zoneName}`,
        hostedZone: HostedZone.fromHostedZoneAttributes(this, 'Zone', zone),
      }),
    });
    new CfnOutput(this, 'Url', { value: this.shop.url });
  }
}

/** The hosted zone that variables of the workflow name; none without them. */
export function domainIn({ ZONE_NAME, HOSTED_ZONE_ID }: NodeJS.ProcessEnv): HostedZoneAttributes | undefined {
  return ZONE_NAME && HOSTED_ZONE_ID ? { zoneName: ZONE_NAME, hostedZoneId: HOSTED_ZONE_ID } : undefined;
}
