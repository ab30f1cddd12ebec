/**
 * Experiments of AWS FIS under load: a task is stopped, CPU is used, packets are delayed, and the tasks of an Availability Zone are stopped. No request
 * fails.
 *
 * Takes about half an hour. AWS FIS costs 10 cents for each minute of an action.
 */
import { App, Duration, Stack } from 'aws-cdk-lib';
import { Chaos, ScalableStatelessService } from 'cdk-scalable-stateless-service';
import {
  expectHealthyTargets,
  expectNoFailedRequests,
  expectTaskCount,
  inOrder,
  runExperiment,
  startLoad,
} from 'cdk-scalable-stateless-service/integ';
import { SMALL, testOf } from './expect-settings';
import { loadOf, requestsPerSecond } from './load';

const TASKS = 3;

const app = new App();
const stack = new Stack(app, 'ChaosTest');
const search = new ScalableStatelessService(stack, 'Search', { ...SMALL, minCapacity: TASKS, cpu: 512, memoryLimitMiB: 1024 });
const load = loadOf(stack, 'Load', search, requestsPerSecond(20, 30));

const chaos = new Chaos(stack, 'Chaos', { target: search });
const twoMinutes = { duration: Duration.minutes(2) };
const stopOne = chaos.stopTasks('StopOneTask');
const slowNetwork = chaos.addNetworkLatency('SlowNetwork', { ...twoMinutes, delay: Duration.millis(100) });
const stress = chaos.stressCpu('CpuStress', { ...twoMinutes, percent: 50 });
const loseZone = chaos.stopTasksInZone('LoseZone');

const integ = testOf(app, 'Chaos', stack);
const run = startLoad(integ, load);
const allHealthy = () => [
  ...expectTaskCount(integ, search, { taskCount: TASKS }),
  ...expectHealthyTargets(integ, search, { targetCount: TASKS, timeout: Duration.minutes(10) }),
];

inOrder(
  allHealthy(),
  run.started,
  runExperiment(integ, slowNetwork),
  runExperiment(integ, stress),
  runExperiment(integ, stopOne),
  allHealthy(),
  runExperiment(integ, loseZone),
  allHealthy(),
  expectNoFailedRequests(integ, run),
);
