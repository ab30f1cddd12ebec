import { type ValidationError, validationError } from '../../parse/validation-error';
import { importedAttribute } from '../imported-attribute';
import type { MovingProps } from '../moving/moving-props';
import type { LoadBalancerProps } from './load-balancer-props';
import { sharedLoadBalancer } from './shared-load-balancer';

/** An imported load balancer needs what the URL and the alias record are made of. */
export function importedLoadBalancerErrors(props: LoadBalancerProps & MovingProps): ValidationError[] {
  const { domainName, hostedZone, movedFrom } = props;
  const loadBalancer = sharedLoadBalancer(props);
  if (loadBalancer === undefined) return [];
  const hasRecord = domainName !== undefined && hostedZone !== undefined;
  const isInUrl = domainName === undefined || movedFrom !== undefined;
  const isNamed = importedAttribute(() => loadBalancer.loadBalancerDnsName) !== undefined;
  const isInZone = importedAttribute(() => loadBalancer.loadBalancerCanonicalHostedZoneId) !== undefined;
  return [
    ...(isNamed || !(hasRecord || isInUrl) ? [] : [missing('loadBalancerDnsName', hasRecord, props)]),
    ...(isInZone || !hasRecord ? [] : [missing('loadBalancerCanonicalHostedZoneId', hasRecord, props)]),
  ];
}

type Attribute = 'loadBalancerDnsName' | 'loadBalancerCanonicalHostedZoneId';

function missing(attribute: Attribute, hasRecord: boolean, { loadBalancer }: LoadBalancerProps): ValidationError {
  const [name, rule] = loadBalancer === undefined ? ['listener', 'have a load balancer with'] : ['loadBalancer', 'have'];
  const purpose = hasRecord ? 'the record of domainName' : 'the URL of the service';
  const otherwise = hasRecord ? '' : ', or give domainName';
  return validationError(name, `${rule} a ${attribute} for ${purpose}: import it with that attribute, or with fromLookup${otherwise}`);
}
