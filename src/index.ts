export {
  type AwsBehaviorOptions,
  CooldownBase,
  DecisionDatapoint,
  HighResolutionLowAlarm,
  RequestCountDenominator,
  ScaleInStep,
} from './forecasting/aws-behavior-options';
export type { AwsPrices } from './forecasting/aws-prices';
export type { CompareOptions } from './forecasting/compare-options';
export type { CostOptions } from './forecasting/cost-options';
export type { DurationRange } from './forecasting/duration-range';
export { Fault } from './forecasting/fault';
export type {
  FaultOptions,
  LastingFaultOptions,
  LastingTaskFaultOptions,
  SlowDependencyOptions,
  SlowTaskOptions,
  TaskFaultOptions,
} from './forecasting/fault-options';
export type { FittedLoad } from './forecasting/fitted-load';
export type { ForecastActivity } from './forecasting/forecast-activity';
export type { ForecastBand } from './forecasting/forecast-band';
export type { ForecastEvent } from './forecasting/forecast-event';
export type { ForecastFailures } from './forecasting/forecast-failures';
export type { ForecastNotScaled } from './forecasting/forecast-not-scaled';
export type { ForecastOptions } from './forecasting/forecast-options';
export { ForecastOutcome } from './forecasting/forecast-outcome';
export type { ForecastRange } from './forecasting/forecast-range';
export type { ForecastSensitivity } from './forecasting/forecast-sensitivity';
export type { ForecastTimelineRow } from './forecasting/forecast-timeline-row';
export type { ForecastTotals } from './forecasting/forecast-totals';
export type { K6Iteration } from './forecasting/k6-iteration';
export { LatencyModel } from './forecasting/latency-model';
export type { MeasuredLoad } from './forecasting/measured-load';
export type { MonthlyBill } from './forecasting/monthly-bill';
export type { MonthlyCost } from './forecasting/monthly-cost';
export { Plan } from './forecasting/plan';
export type { PlanChanges } from './forecasting/plan-changes';
export type { PlanComparison } from './forecasting/plan-comparison';
export type { PlanFigures } from './forecasting/plan-figures';
export type { PolicyChangeOptions } from './forecasting/policy-change-options';
export type { PredictedMinimum } from './forecasting/predicted-minimum';
export type { RecommendOptions } from './forecasting/recommend-options';
export type { Recommendation } from './forecasting/recommendation';
export type { RecommendedPolicy } from './forecasting/recommended-policy';
export type { DailyTrafficOptions, WeeklyTrafficOptions } from './forecasting/seasonal-traffic-options';
export { Traffic } from './forecasting/traffic';
export { Workload } from './forecasting/workload';
export type { WorkloadFitOptions } from './forecasting/workload-fit-options';
export type { WorkloadOptions } from './forecasting/workload-options';
export type { ScalableStatelessServiceAttributes } from './imported-service';
export { ScalableStatelessService } from './scalable-stateless-service';
export type { IScalableStatelessService } from './scalable-stateless-service-interface';
export type { ScalableStatelessServiceProps } from './scalable-stateless-service-props';
export {
  type BlueGreenOptions,
  type CanaryOptions,
  Deployment,
  type LinearOptions,
  type TestTrafficOptions,
} from './service/deployment/deployment';
export type { DeploymentProps } from './service/deployment/deployment-props';
export { Firewall, type ManagedFirewallOptions } from './service/load-balancer/firewall';
export type { LoadBalancerProps } from './service/load-balancer/load-balancer-props';
export { Network, type PrivateWithNatOptions } from './service/network/network';
export type { NetworkProps } from './service/network/network-props';
export type { ObservabilityProps } from './service/observability/observability-props';
export { Tracing, type XRayOptions } from './service/observability/tracing';
export type { RulePackProps } from './service/rule-packs/rule-pack-props';
export { HighResolutionMetrics } from './service/scaling/high-resolution-metrics';
export { PredictiveScaling } from './service/scaling/predictive-scaling';
export type { ScalingProps } from './service/scaling/scaling-props';
export type { ScheduledBounds } from './service/scaling/scheduled-bounds';
export type { HealthCheckOptions } from './service/target-group/health-check-options';
export type { TargetGroupProps } from './service/target-group/target-group-props';
export type { TaskProps } from './service/task/task-props';
