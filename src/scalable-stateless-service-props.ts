import type { DeploymentProps } from './service/deployment/deployment-props';
import type { LoadBalancerProps } from './service/load-balancer/load-balancer-props';
import type { NetworkProps } from './service/network/network-props';
import type { ObservabilityProps } from './service/observability/observability-props';
import type { RulePackProps } from './service/rule-packs/rule-pack-props';
import type { ScalingProps } from './service/scaling/scaling-props';
import type { TargetGroupProps } from './service/target-group/target-group-props';
import type { TaskProps } from './service/task/task-props';

/**
 * What a `ScalableStatelessService` can be told. Everything has a default.
 */
export interface ScalableStatelessServiceProps
  extends NetworkProps,
    LoadBalancerProps,
    TargetGroupProps,
    TaskProps,
    ScalingProps,
    DeploymentProps,
    ObservabilityProps,
    RulePackProps {}
