/**
 * Stops tasks under load, and counts the requests that fail: one task, then two within the time that a replacement takes. Of three tasks two can be
 * lost without a failed request; of two, none is left.
 *
 * Takes about half an hour.
 */
import { App, Stack } from 'aws-cdk-lib';
import { ScalableStatelessService } from 'cdk-scalable-stateless-service';
import {
  expectHealthyTargets,
  expectMissedThresholds,
  expectNoFailedRequests,
  expectTaskCount,
  inOrder,
  type Steps,
  startLoad,
  stopTasks,
} from 'cdk-scalable-stateless-service/integ';
import { SMALL, testOf } from './expect-settings';
import { loadOf, requestsPerSecond } from './load';

const REQUESTS_PER_SECOND = 20;
const MINUTES = 5;

const app = new App();
const stack = new Stack(app, 'ResilienceTest');
const integ = testOf(app, 'Resilience', stack);

const two = serviceOf('Two', 2);
const three = serviceOf('Three', 3, two);

// the two services are tested beside each other.
inOrder(...loseTasks(two, 'Two', 2, 1, expectNoFailedRequests), ...loseTasks(two, 'Both', 2, 2, expectMissedThresholds));
inOrder(...loseTasks(three, 'Three', 3, 1, expectNoFailedRequests), ...loseTasks(three, 'TwoOfThree', 3, 2, expectNoFailedRequests));

function serviceOf(id: string, taskCount: number, beside?: ScalableStatelessService): ScalableStatelessService {
  return new ScalableStatelessService(stack, id, {
    ...SMALL,
    ...(beside && { vpc: beside.vpc, cluster: beside.cluster }),
    minCapacity: taskCount,
    // the load is far below the target: the number of tasks changes only when one is lost.
    maxCapacity: taskCount + 1,
  });
}

/** Puts a service under load, stops some of its tasks, waits for the replacements and for the end of the load, and expects what became of the requests. */
function loseTasks(
  service: ScalableStatelessService,
  id: string,
  taskCount: number,
  lost: number,
  expectOutcome: typeof expectNoFailedRequests,
): Steps {
  const load = loadOf(stack, `${id}Load`, service, requestsPerSecond(REQUESTS_PER_SECOND, MINUTES));
  const run = startLoad(integ, load);
  return inOrder(
    expectHealthyTargets(integ, service, { targetCount: taskCount }),
    run.started,
    stopTasks(integ, service, { taskCount: lost }),
    expectTaskCount(integ, service, { taskCount }),
    expectHealthyTargets(integ, service, { targetCount: taskCount }),
    expectOutcome(integ, run),
  );
}
