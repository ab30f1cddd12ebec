import { CfnOutput, Stack } from 'aws-cdk-lib';
import { HostedZone, type HostedZoneAttributes } from 'aws-cdk-lib/aws-route53';
import { ScalableStatelessService, WebAcl } from 'cdk-scalable-stateless-service';
import type { Construct } from 'constructs';

/** The requests that one IP address may send in five minutes. AWS WAF blocks the address when it sends more. */
export const REQUESTS_PER_FIVE_MINUTES = 1500;

/** A shop on HTTPS, under a domain name of its own, behind a web ACL. */
export class HttpsShop extends Stack {
  public readonly shop: ScalableStatelessService;

  public constructor(scope: Construct, id: string, zone: HostedZoneAttributes) {
    super(scope, id);
    this.shop = new ScalableStatelessService(this, 'Shop', {
      // the certificate is new, validated through the zone, and renews itself.
      domainName: `shop.${zone.zoneName}`,
      hostedZone: HostedZone.fromHostedZoneAttributes(this, 'Zone', zone),
      webAcl: WebAcl.managed({ requestsPerFiveMinutes: REQUESTS_PER_FIVE_MINUTES }),
    });
    new CfnOutput(this, 'Url', { value: this.shop.url });
  }
}
