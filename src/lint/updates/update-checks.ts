import { changedType } from './changed-type';
import { changedDnsName, changedListener, replacedService } from './client-changes';
import { defaultActionGap } from './default-action-gap';
import { emptyGroups } from './empty-groups';
import { exclusiveKeys } from './exclusive-keys';
import { hiddenRules } from './hidden-rules';
import { keptAttribute } from './kept-attribute';
import { loadBalancerNetwork } from './load-balancer-network';
import { lostNetworkPath } from './lost-network-path';
import { movedRecord } from './moved-record';
import { protectedLoadBalancer } from './protected-load-balancer';
import { shiftedWeights } from './shifted-weights';
import { subnetRanges } from './subnet-ranges';
import { targetGroupMoves } from './target-group-moves';
import { unpublishedMetric } from './unpublished-metric';
import type { UpdateCheck } from './update-finding';

/** All checks of an update: what fails, then what stops serving, then what changes for clients. */
export const UPDATE_CHECKS: readonly UpdateCheck[] = [
  changedType,
  exclusiveKeys,
  subnetRanges,
  targetGroupMoves,
  loadBalancerNetwork,
  protectedLoadBalancer,
  emptyGroups,
  defaultActionGap,
  shiftedWeights,
  hiddenRules,
  lostNetworkPath,
  movedRecord,
  unpublishedMetric,
  changedDnsName,
  changedListener,
  keptAttribute,
  replacedService,
];
