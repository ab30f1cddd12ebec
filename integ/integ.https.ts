/**
 * HTTPS under a name of one's own, with a firewall in front.
 *
 * On AWS it takes a public hosted zone: HOSTED_ZONE_ID and ZONE_NAME say which. CERTIFICATE_ARN stands in for a new certificate.
 */
import { App, Stack } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { Firewall, ScalableStatelessService } from 'cdk-scalable-stateless-service';
import { readsBack, SMALL, testOf } from './reads-back';

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
  firewall: Firewall.managed({ requestsPerFiveMinutes: 1000 }),
});

readsBack(testOf(app, 'Https', stack), search, {
  policies: { Cpu: {}, Requests: {} },
  targetGroupAttributes: { 'deregistration_delay.timeout_seconds': '30' },
});
