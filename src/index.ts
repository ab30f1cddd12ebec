export { AwsBehavior } from './api/behavior';
export type { CostOptions, MonthlyBill, MonthlyCost } from './api/cost';
export type { LastingFaultOptions, LastingTaskFaultOptions, TaskFaultOptions } from './api/fault';
export { Fault } from './api/fault';
export type { ForecastActivity, ForecastEvent, ForecastNotScaled } from './api/forecast-activity';
export type { ForecastBand, ForecastRange, ForecastSensitivity } from './api/forecast-band';
export type { ForecastOptions, PolicyChangeOptions, PredictedMinimum } from './api/forecast-options';
export { ForecastOutcome } from './api/forecast-outcome';
export type { ForecastTimelineRow, ForecastTotals } from './api/forecast-timeline';
export { Plan } from './api/plan';
export type { PlanChanges } from './api/plan-changes';
export type { PlanComparison, PlanFigures } from './api/plan-comparison';
export { Prices } from './api/price-list';
export type { Recommendation, RecommendationObjective, RecommendedPolicy } from './api/recommendation';
export { Traffic } from './api/traffic';
export type { K6Iteration, SeasonalTrafficOptions } from './api/traffic-options';
export { Workload } from './api/workload';
export type { ServiceLoad, WorkloadFitOptions } from './api/workload-fit';
export type { WorkloadOptions } from './api/workload-options';
export { LatencyModel } from './api/workload-options';
export { Chaos } from './chaos/chaos';
export { ChaosExperiment } from './chaos/chaos-experiment';
export type { ChaosProps } from './chaos/chaos-props';
export type {
  InterruptSpotOptions,
  NetworkLatencyOptions,
  RebootInstancesOptions,
  StopInstancesOptions,
  StopTasksOptions,
  StopZoneOptions,
  StressCpuOptions,
  TargetInstancesOptions,
  TargetTasksOptions,
  TerminateInstancesOptions,
} from './chaos/experiment-options';
export type { ScalableStatelessInstancesAttributes } from './instances/imported-instances';
export { InstanceScaling, type SimpleScalingOptions, type StepScalingOptions } from './instances/instance-scaling';
export type { ScalableStatelessInstancesProps } from './instances/instances-props';
export type { IScalableStatelessInstances } from './instances/measured-instances';
export { LoadTest } from './load-test/load-test';
export { type K6Options, LoadTestEngine, type LocustOptions } from './load-test/load-test-engine';
export type { LoadTestProps } from './load-test/load-test-props';
export type { LoadTestRequest } from './load-test/load-test-request';
export { LoadTestScript } from './load-test/load-test-script';
export type { LoadTestThresholds } from './load-test/load-test-thresholds';
export { EcsServiceChecks, type EcsServiceChecksProps } from './plugin/ecs-service-checks';
export { ScalableStatelessInstances } from './scalable-stateless-instances';
export { ScalableStatelessService } from './scalable-stateless-service';
export { Capacity, type InstancesCapacityOptions, type ManagedInstancesOptions } from './service/capacity/capacity';
export type { InstanceRefreshOptions } from './service/capacity/instance-refresh';
export { type ApprovalOptions, ApprovalTimeoutAction } from './service/deployment/approval';
export { CircuitBreakerThreshold } from './service/deployment/circuit-breaker-threshold';
export {
  type BlueGreenOptions,
  Deployment,
  type RollingOptions,
  type TestTrafficOptions,
  type TrafficShiftOptions,
} from './service/deployment/deployment';
export { PreProductionTrafficShiftHook } from './service/deployment/pre-production-hook';
export type { ScalableStatelessServiceAttributes } from './service/imported-service';
export {
  Authentication,
  type CognitoAuthenticationOptions,
  type OidcAuthenticationOptions,
  type UserAuthenticationOptions,
} from './service/load-balancer/authentication';
export { JwtClaim, type JwtVerificationOptions } from './service/load-balancer/jwt-verification';
export { RegexCondition } from './service/load-balancer/regex-condition';
export { RuleTransform } from './service/load-balancer/rule-transform';
export { type ManagedWebAclOptions, WebAcl } from './service/load-balancer/web-acl';
export { MovedFrom, type MovedPolicies } from './service/moving/moved-from';
export { Network } from './service/network/network';
export { AlarmMuteRule } from './service/observability/alarm-mute-rule';
export { Tracing } from './service/observability/observability-props';
export type { ScalableStatelessServiceProps } from './service/scalable-stateless-service-props';
export { HighResolutionMetrics } from './service/scaling/high-resolution-metrics';
export { PredictiveScaling } from './service/scaling/predictive-scaling';
export type { ScheduledCapacity } from './service/scaling/scaling-props';
export type { IScalableStatelessService } from './service/service-base';
export type { HealthCheckOptions } from './service/target-group/target-group-props';
export { ServerProfile, type ServerProfileOptions } from './service/task/server-profile';
export type { IChaosTarget, ILoadTestTarget } from './service/test-targets';
