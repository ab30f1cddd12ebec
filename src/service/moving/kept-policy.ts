import { isRequestCount } from '../../metrics/metric';
import type { TargetTracking } from '../../plan/target-tracking';
import type { MovedFrom } from './moved-from';

/** The id of the policy on the same metric that was added to a pattern; undefined where there was none. */
export function keptPolicyId(movedFrom: MovedFrom | undefined, { name, metric }: TargetTracking): string | undefined {
  if (isRequestCount(metric)) return movedFrom?._policies.requestCountId;
  return name === 'Memory' ? movedFrom?._policies.memoryUtilizationId : movedFrom?._policies.cpuUtilizationId;
}
