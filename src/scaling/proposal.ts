import type { ScalingMetric } from '../plan/metric';
import type { Activity } from './activity';

/** What one policy asks for at one evaluation. */
export interface Proposal {
  readonly origin: Activity['origin'];
  readonly cause: string;
  readonly metric: ScalingMetric;
  readonly metricValue: number;
  /** The target of the policy, or the threshold of its alarm. */
  readonly targetValue: number;
  /** The tasks that it asks for, before minimum and maximum are applied. */
  readonly computed: number;
  readonly cooldownSeconds: number;
}

/** Of several policies, the one that asks for most decides; among equals the first. */
export function mostDemanding<Asking extends { readonly computed: number }>(proposals: readonly Asking[]): Asking | undefined {
  let most: Asking | undefined;
  for (const proposal of proposals) if (most === undefined || proposal.computed > most.computed) most = proposal;
  return most;
}

/** How an activity says that an alarm caused it. */
export function alarmCause(alarmName: string, policyName: string): string {
  return `monitor alarm ${alarmName} in state ALARM triggered policy ${policyName}`;
}
