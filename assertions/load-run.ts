import type { IApiCall, IntegTest } from '@aws-cdk/integ-tests-alpha';
import { Aws, Duration } from 'aws-cdk-lib';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import { callForValues, expectAtPath, type WaitOptions, waitForValue } from './call-with-expectation';
import { exactly, noValue } from './expectation';
import { inOrder, type Steps } from './in-order';

/** What an assertion needs of a load test: the `LoadTest`. */
export interface RunnableLoadTest {
  readonly cluster: { readonly clusterArn: string };
  readonly taskDefinition: { readonly executionRole?: IRole; readonly taskRole: IRole };

  /** The input of RunTask. */
  readonly runTaskParameters: { readonly [name: string]: unknown };

  /** The failed requests in percent above which the container exits with another code than 0. */
  readonly maxFailedPercent: number;
}

/** A load test that is running. */
export interface LoadRun {
  /** The call that starts the task, and the one that waits until it runs. */
  readonly started: Steps;
  readonly load: RunnableLoadTest;
  readonly taskArn: string;
}

/** A one-off task is placed, pulls its image and starts. */
const UNTIL_IT_RUNS = Duration.minutes(5);

/** CloudFormation waits an hour for a custom resource, and no longer. */
const UNTIL_IT_HAS_ENDED = Duration.minutes(58);

const ALL_TASKS = `arn:${Aws.PARTITION}:ecs:*:*:task/*`;

/** Starts a load test, and waits until its task runs. It ends by itself after its traffic. */
export function startLoad(integ: IntegTest, load: RunnableLoadTest): LoadRun {
  const { executionRole, taskRole } = load.taskDefinition;
  const roles = [...(executionRole ? [executionRole.roleArn] : []), taskRole.roleArn];
  const runTask = {
    service: 'ecs',
    api: 'runTask',
    parameters: load.runTaskParameters,
    // the caller of RunTask passes two roles to the task, and gives it the tags of its task definition.
    alsoAllow: [
      { actions: ['iam:PassRole'], resources: roles },
      { actions: ['ecs:TagResource'], resources: [ALL_TASKS] },
    ],
  };
  const { call, values } = callForValues(integ, runTask, 'tasks.0.taskArn');
  const run = { load, taskArn: values[0]! };
  const running = waitForValue(integ, taskOf(run, 'lastStatus'), exactly('RUNNING'), { timeout: UNTIL_IT_RUNS });
  return { ...run, started: inOrder(call, running) };
}

/**
 * Waits until the load test has ended by itself, and expects that all its thresholds were reached without one failed request.
 *
 * @throws when the load test would exit with 0 although requests failed: it needs `thresholds: { maxFailedPercent: 0 }`.
 */
export function expectNoFailedRequests(integ: IntegTest, run: LoadRun, wait: WaitOptions = {}): Steps {
  const { maxFailedPercent } = run.load;
  if (maxFailedPercent !== 0)
    throw new Error(`maxFailedPercent of the load test must be 0 to expect no failed request, got ${maxFailedPercent}`);
  return expectThresholdsReached(integ, run, wait);
}

/** Waits until the load test has ended by itself, and expects that all its thresholds were reached. */
export function expectThresholdsReached(integ: IntegTest, run: LoadRun, wait: WaitOptions = {}): Steps {
  const exitCode = waitForValue(integ, taskOf(run, 'containers.0.exitCode'), noValue(), { timeout: Duration.seconds(30) });
  return inOrder(waitForEnd(integ, run, wait), exitCode);
}

/** The exit code of a load test that missed a threshold. */
const MISSED = 99;

/** Waits until the load test has ended by itself, and expects that a threshold was missed: where it may have no failed request, that requests failed. */
export function expectMissedThresholds(integ: IntegTest, run: LoadRun, wait: WaitOptions = {}): Steps {
  return inOrder(waitForEnd(integ, run, wait), expectAtPath(integ, taskOf(run, 'containers.0.exitCode'), exactly(MISSED)));
}

/** A task that is stopped from outside, or never starts, has another code. */
function waitForEnd(integ: IntegTest, run: LoadRun, wait: WaitOptions): IApiCall {
  return waitForValue(integ, taskOf(run, 'stopCode'), exactly('EssentialContainerExited'), { timeout: UNTIL_IT_HAS_ENDED, ...wait });
}

/** Stops a load test, and waits until it has stopped. */
export function stopLoad(integ: IntegTest, run: LoadRun): Steps {
  const parameters = { cluster: run.load.cluster.clusterArn, task: run.taskArn, reason: 'Integration test' };
  return inOrder(
    expectAtPath(integ, { service: 'ecs', api: 'stopTask', parameters, path: 'task.desiredStatus' }, exactly('STOPPED')),
    waitForValue(integ, taskOf(run, 'lastStatus'), exactly('STOPPED')),
  );
}

function taskOf({ load, taskArn }: Pick<LoadRun, 'load' | 'taskArn'>, field: string) {
  const parameters = { cluster: load.cluster.clusterArn, tasks: [taskArn] };
  return { service: 'ecs', api: 'describeTasks', parameters, path: `tasks.0.${field}` };
}
