import type { RulePackProps } from './accepted-findings';
import type { DeploymentProps } from './deployment/deployment-props';
import type { DiscoveryProps } from './deployment/discovery-props';
import type { LoadBalancerProps } from './load-balancer/load-balancer-props';
import type { MovingProps } from './moving/moving-props';
import type { NetworkProps } from './network/network';
import type { ObservabilityProps } from './observability/observability-props';
import type { ScalingProps } from './scaling/scaling-props';
import type { TargetGroupProps } from './target-group/target-group-props';
import type { TaskProps } from './task/task-props';

/**
 * Properties of a `ScalableStatelessService`. All are optional.
 */
export interface ScalableStatelessServiceProps
  extends NetworkProps,
    LoadBalancerProps,
    TargetGroupProps,
    TaskProps,
    ScalingProps,
    DeploymentProps,
    DiscoveryProps,
    ObservabilityProps,
    MovingProps,
    RulePackProps {}
