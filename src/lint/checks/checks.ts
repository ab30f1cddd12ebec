import { alarmDatapoints } from './alarm-datapoints';
import { capacityBounds } from './capacity-bounds-check';
import { catchAllRule } from './catch-all-rule';
import type { Check } from './check';
import { containerCpu } from './container-cpu';
import { containerDependency } from './container-dependency';
import { containerMemory } from './container-memory';
import { containerName } from './container-name';
import { containerNames } from './container-names';
import { containerPort } from './container-port';
import { deploymentLimits } from './deployment-limits';
import { deregistrationDelay } from './deregistration-delay';
import { desiredCount } from './desired-count';
import { earlySuccessRange } from './early-success-range';
import { emptyTargetGroup } from './empty-target-group';
import { ephemeralStorage } from './ephemeral-storage';
import { essentialContainer } from './essential-container';
import { executionRole } from './execution-role-check';
import { failureThresholdRange } from './failure-threshold-range';
import { gracePeriod } from './grace-period';
import { healthCheckRange } from './health-check-range';
import { healthCheckTimeout } from './health-check-timeout';
import { launchType } from './launch-type';
import { lifecycleHook } from './lifecycle-hook';
import { listenerCertificate } from './listener-certificate';
import { listenerPort } from './listener-port';
import { listenerProtocol } from './listener-protocol';
import { loadBalancerAttributes } from './load-balancer-attributes';
import { loadBalancingAlgorithm } from './load-balancing-algorithm';
import { metricOfTwoPolicies } from './metric-of-two-policies';
import { nameLength } from './name-length';
import { networkMode } from './network-mode';
import { oneMetric } from './one-metric';
import { policyName } from './policy-name';
import { policyType } from './policy-type';
import { redundancy } from './redundancy';
import { requestMetricLabel } from './request-metric-label';
import { requestTarget } from './request-target';
import { resourceId } from './resource-id';
import { rulePriority } from './rule-priority';
import { scalableDimension } from './scalable-dimension';
import { scalableTargetTwice } from './scalable-target-twice';
import { scheduleBounds } from './schedule-bounds';
import { scheduleFormat } from './schedule-format';
import { scheduleName } from './schedule-name';
import { spotDraining } from './spot-draining';
import { targetGroupAttributes } from './target-group-attributes';
import { targetGroupLoadBalancers } from './target-group-load-balancers';
import { targetGroupProtocol } from './target-group-protocol';
import { targetType } from './target-type';
import { targetValue } from './target-value';
import { taskSize } from './task-size-check';
import { unreachableRegistry } from './unreachable-registry';
import { unreachableTarget } from './unreachable-target';
import { volume } from './volume';

/** All checks of a template, in the order of the documentation: errors of scaling, of load balancing, of ECS; then warnings. */
export const CHECKS: readonly Check[] = [
  capacityBounds,
  scheduleBounds,
  scalableDimension,
  resourceId,
  scalableTargetTwice,
  scheduleFormat,
  scheduleName,
  policyType,
  oneMetric,
  targetValue,
  requestMetricLabel,
  policyName,
  metricOfTwoPolicies,
  listenerPort,
  listenerProtocol,
  listenerCertificate,
  rulePriority,
  targetGroupProtocol,
  targetGroupLoadBalancers,
  loadBalancerAttributes,
  targetGroupAttributes,
  deregistrationDelay,
  loadBalancingAlgorithm,
  nameLength,
  healthCheckTimeout,
  healthCheckRange,
  targetType,
  containerName,
  containerPort,
  launchType,
  networkMode,
  deploymentLimits,
  failureThresholdRange,
  lifecycleHook,
  earlySuccessRange,
  taskSize,
  containerNames,
  containerMemory,
  containerCpu,
  volume,
  ephemeralStorage,
  executionRole,
  unreachableRegistry,
  containerDependency,
  essentialContainer,
  alarmDatapoints,
  gracePeriod,
  unreachableTarget,
  requestTarget,
  desiredCount,
  redundancy,
  spotDraining,
  emptyTargetGroup,
  catchAllRule,
];
