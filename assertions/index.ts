/**
 * Assertions for integration tests of a service that is deployed: `cdk-scalable-stateless-service/integ`.
 *
 * They are written with `@aws-cdk/integ-tests-alpha`, whose types alone are imported: a project that has no integration tests needs no
 * package for them.
 */
export {
  type ApiCallOptions,
  type CalledValues,
  callForValues,
  expectAtPath,
  type Permission,
  type WaitOptions,
  waitForValue,
} from './call-with-expectation';
export {
  type DeployableTaskDefinition,
  expectDeploymentRolledBack,
  expectDeploymentSucceeded,
  type StartDeploymentOptions,
  startDeployment,
} from './deployment';
export { exactly, matching, noValue } from './expectation';
export { runExperiment, type StartableExperiment } from './experiment';
export { expectHealthyTargets, type HealthyTargetsOptions } from './healthy-targets';
export { inOrder, type Steps } from './in-order';
export {
  expectMissedThresholds,
  expectNoFailedRequests,
  expectThresholdsReached,
  type LoadRun,
  type RunnableLoadTest,
  startLoad,
  stopLoad,
} from './load-run';
export { expectScaledIn, expectScaledOut, expectTaskCount, type ScaledOutOptions, type TaskCountOptions } from './scaling';
export { expectResponse, type ResponseOptions } from './service-response';
export { type StopTasksOptions, stopOneTask, stopTasks } from './stopped-tasks';
export { expectTargetGroupAttribute } from './target-group-attribute';
export type { TestedService } from './tested-service';
