/**
 * HTTPS under a domain name, with a web ACL of AWS WAF.
 *
 * On AWS it needs a public hosted zone, given by HOSTED_ZONE_ID and ZONE_NAME. CERTIFICATE_ARN replaces the new certificate.
 */
import { App, Stack } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { ScalableStatelessService, WebAcl } from 'cdk-scalable-stateless-service';
import { expectSettings, SMALL, testOf } from './expect-settings';

const zoneName = process.env['ZONE_NAME'] ?? 'example.com';
const hostedZoneId = process.env['HOSTED_ZONE_ID'] ?? 'Z00000000000000000000';
const certificateArn = process.env['CERTIFICATE_ARN'];

const app = new App();
const stack = new Stack(app, 'HttpsTest');
const search = new ScalableStatelessService(stack, 'Search', {
  ...SMALL,
  certificate: certificateArn === undefined ? undefined : Certificate.fromCertificateArn(stack, 'Certificate', certificateArn),
  domainName: `search.${zoneName}`,
  hostedZone: HostedZone.fromHostedZoneAttributes(stack, 'Zone', { hostedZoneId, zoneName }),
  webAcl: WebAcl.managed({ requestsPerFiveMinutes: 1000 }),
});

expectSettings(testOf(app, 'Https', stack), search, {
  policies: { Cpu: {}, Requests: {} },
  targetGroupAttributes: { 'deregistration_delay.timeout_seconds': '30' },
});
