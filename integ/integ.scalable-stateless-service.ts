/**
 * Deploys a service, sends it a request, puts it under load from inside AWS, and waits until it has scaled out and in again, without a failed request.
 *
 * Takes about three quarters of an hour, most of it until the alarms have 15 datapoints below the target.
 */
import { IntegTest } from '@aws-cdk/integ-tests-alpha';
import { App, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { ScalableStatelessService } from 'cdk-scalable-stateless-service';
import {
  expectHealthyTargets,
  expectNoFailedRequests,
  expectResponse,
  expectScaledIn,
  expectScaledOut,
  expectTaskCount,
  inOrder,
  startLoad,
} from 'cdk-scalable-stateless-service/integ';
import { loadOf, requestsPerSecond } from './load';

const MIN_TASKS = 2;
// a new value forces a new deployment of the same app.
const MAX_TASKS = Number(process.env['MAX_TASKS'] ?? 4);
const TARGET = 5;

const app = new App();
const stack = new Stack(app, 'ScalableStatelessServiceTest');

const search = new ScalableStatelessService(stack, 'Search', {
  minCapacity: MIN_TASKS,
  maxCapacity: MAX_TASKS,
  // everything is deleted with the stack.
  logRemovalPolicy: RemovalPolicy.DESTROY,
  requestsPerSecondPerTask: TARGET,
  // the load is far below what a task rejects; a processor that others use may not give it its share at once.
  environment: { MAX_EVENT_LOOP_DELAY_MS: '10000' },
});

// as much as the maximum serves at its target, then a fifth of it, which the minimum serves far below its target: tasks are removed under load.
const traffic = requestsPerSecond(MAX_TASKS * TARGET, 12).followedBy(requestsPerSecond((MAX_TASKS * TARGET) / 5, 30));
const load = loadOf(stack, 'Load', search, traffic, '/products/search?q=a');

// its snapshot would hold a copy of the reference image, only to deploy an older one first: the other tests are the ones that update.
const integ = new IntegTest(app, 'ScalableStatelessService', { testCases: [stack], stackUpdateWorkflow: false });

const run = startLoad(integ, load);

inOrder(
  expectResponse(integ, `${search.url}/health`, { body: { status: 'healthy' } }),
  expectResponse(integ, `${search.url}/products/search?q=zebra`, { body: { products: [], total_found: 0 } }),
  // the template has no desired count: it is scaling that sets the minimum.
  expectTaskCount(integ, search, { taskCount: MIN_TASKS }),
  run.started,
  expectScaledOut(integ, search, { minTaskCount: MAX_TASKS, policy: 'Requests' }),
  expectHealthyTargets(integ, search, { targetCount: MAX_TASKS }),
  expectScaledIn(integ, search, { taskCount: MIN_TASKS }),
  expectHealthyTargets(integ, search, { targetCount: MIN_TASKS }),
  expectNoFailedRequests(integ, run),
);
