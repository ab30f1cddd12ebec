import { IntegTest } from '@aws-cdk/integ-tests-alpha';
import { App } from 'aws-cdk-lib';
import { LoadTest } from 'cdk-scalable-stateless-service';
import {
  expectHealthyTargets,
  expectNoFailedRequests,
  expectResponse,
  expectScaledIn,
  expectScaledOut,
  inOrder,
  startLoad,
  stopOneTask,
} from 'cdk-scalable-stateless-service/integ';
import { LOAD } from './load';
import { MAX_TASKS, MIN_TASKS, Shop } from './shop';

const app = new App();
const stack = new Shop(app, 'ShopTest');
const load = new LoadTest(stack, 'Load', {
  target: stack.shop,
  traffic: LOAD,
  paths: ['/health', '/products/search?q=lamp'],
  thresholds: { maxFailedPercent: 0 },
});

const integ = new IntegTest(app, 'ShopIntegTest', { testCases: [stack] });
const run = startLoad(integ, load);

inOrder(
  expectResponse(integ, `${stack.shop.url}/health`, { body: { status: 'healthy' } }),
  run.started,
  expectScaledOut(integ, stack.shop, { minTaskCount: MAX_TASKS, policy: 'Requests' }),
  expectHealthyTargets(integ, stack.shop, { targetCount: MAX_TASKS }),
  // its load goes to the others until it is replaced.
  stopOneTask(integ, stack.shop),
  expectHealthyTargets(integ, stack.shop, { targetCount: MAX_TASKS }),
  expectScaledIn(integ, stack.shop, { taskCount: MIN_TASKS }),
  expectNoFailedRequests(integ, run),
);
