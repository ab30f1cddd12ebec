import { Stack, Token } from 'aws-cdk-lib';
import { CfnHostedZone, type IHostedZone } from 'aws-cdk-lib/aws-route53';
import type { Construct } from 'constructs';
import { type ValidationError, validationError } from '../../parse/validation-error';
import { importedAttribute } from '../imported-attribute';
import { hasPlaceholder } from '../placeholders';
import { isOther } from '../prop-rules';
import { certificatePlaceOf } from './certificate-place';
import type { LoadBalancerProps } from './load-balancer-props';

/** Returns an error for each rule of domain names, hosted zones and certificates that the props break. */
export function domainErrors(scope: Construct, props: LoadBalancerProps): ValidationError[] {
  return [...nameErrors(props), ...privateZoneErrors(scope, props), ...certificateErrors(scope, props)];
}

function nameErrors({ domainName, hostedZone, certificate, listener }: LoadBalancerProps): ValidationError[] {
  const zoneName = hostedZone && zoneNameOf(hostedZone);
  return [
    ...(domainName !== undefined && hostedZone === undefined && certificate === undefined && listener === undefined
      ? ['hostedZone or certificate must be given beside domainName, got neither']
      : []),
    ...(hostedZone !== undefined && domainName === undefined ? [validationError('domainName', 'be given beside hostedZone')] : []),
    ...(hostedZone !== undefined && zoneName === undefined
      ? [validationError('hostedZone', 'have a name: import it with fromHostedZoneAttributes or fromLookup', 'one with its id only')]
      : []),
    ...(zoneName !== undefined && domainName !== undefined && !isWithin(domainName, zoneName)
      ? [validationError('domainName', `be ${zoneName} or end with .${zoneName}, which is the hostedZone`, domainName)]
      : []),
  ];
}

/** The name of a hosted zone; undefined for one that was imported by its id only, which throws an error of the CDK. */
function zoneNameOf(hostedZone: IHostedZone): string | undefined {
  return importedAttribute(() => hostedZone.zoneName);
}

function isWithin(domainName: string, zoneName: string): boolean {
  if ([domainName, zoneName].some((name) => Token.isUnresolved(name) || hasPlaceholder(name))) return true;
  return domainName === zoneName || domainName.endsWith(`.${zoneName}`);
}

function privateZoneErrors(scope: Construct, { hostedZone, certificate, listener }: LoadBalancerProps): ValidationError[] {
  return hostedZone !== undefined && certificate === undefined && listener === undefined && isPrivate(scope, hostedZone)
    ? [validationError('certificate', 'be given beside a private hostedZone, in which ACM cannot validate a new one')]
    : [];
}

/** Whether a hosted zone is known to belong to VPCs. One that was imported by its attributes shows it by a name that is never public only. */
function isPrivate(scope: Construct, hostedZone: IHostedZone): boolean {
  return isReserved(zoneNameOf(hostedZone)) || isCreatedPrivate(hostedZone) || isFoundPrivate(scope, hostedZone.hostedZoneId);
}

/** Names that are not in public DNS (https://www.iana.org/assignments/special-use-domain-names, and `internal` by ICANN). */
const RESERVED = /(^|\.)(internal|local|localhost|test|invalid|home\.arpa|corp|home|lan|intranet|private)\.?$/;

function isReserved(zoneName: string | undefined): boolean {
  return zoneName !== undefined && !Token.isUnresolved(zoneName) && RESERVED.test(zoneName);
}

/** Whether a hosted zone of this app has VPCs, also where it is imported again by its id. */
function isCreatedPrivate({ hostedZoneId, node }: IHostedZone): boolean {
  const zones = node.root.node.findAll().filter((each): each is CfnHostedZone => CfnHostedZone.isCfnHostedZone(each));
  return zones.some((zone) => {
    const vpcs: unknown = zone.ref === hostedZoneId ? Stack.of(zone).resolve(zone.vpcs) : undefined;
    return Array.isArray(vpcs) && vpcs.length > 0;
  });
}

/** Whether a lookup of private zones has found the zone: the CDK keeps what it has looked up, and by what, in the context. */
function isFoundPrivate(scope: Construct, hostedZoneId: string): boolean {
  const context = Object.entries(scope.node.getAllContext() as Record<string, unknown>);
  return context.some(
    ([key, value]) =>
      key.startsWith('hosted-zone:') && key.includes(':privateZone=true') && JSON.stringify(value ?? '').includes(`${hostedZoneId}"`),
  );
}

/** A listener has certificates of its own region and account only. */
function certificateErrors(scope: Construct, { certificate, additionalCertificates = [] }: LoadBalancerProps): ValidationError[] {
  const given = [
    ...(certificate === undefined ? [] : [{ name: 'certificate', certificate }]),
    ...additionalCertificates.map((each) => ({ name: 'additionalCertificates', certificate: each })),
  ];
  const { region: ownRegion, account: ownAccount } = Stack.of(scope);
  return given.flatMap((each) => {
    const { region, account } = certificatePlaceOf(each.certificate);
    return [
      ...(isOther(region, ownRegion)
        ? [validationError(each.name, `be in ${ownRegion}, the region of its load balancer`, `one in ${region}`)]
        : []),
      ...(isOther(account, ownAccount)
        ? [validationError(each.name, `be in account ${ownAccount}, which is that of its load balancer`, `one in ${account}`)]
        : []),
    ];
  });
}
