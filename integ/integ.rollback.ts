/**
 * Deploys a revision whose container ends at once, under load: the circuit breaker rolls it back, and no request fails.
 *
 * Takes about half an hour.
 */
import { App, Stack } from 'aws-cdk-lib';
import { FargateTaskDefinition } from 'aws-cdk-lib/aws-ecs';
import { ScalableStatelessService } from 'cdk-scalable-stateless-service';
import {
  expectDeploymentRolledBack,
  expectHealthyTargets,
  expectNoFailedRequests,
  expectTaskCount,
  inOrder,
  startDeployment,
  startLoad,
} from 'cdk-scalable-stateless-service/integ';
import { SMALL, testOf } from './expect-settings';
import { loadOf, requestsPerSecond } from './load';

const TASKS = 2;

const app = new App();
const stack = new Stack(app, 'RollbackTest');
const search = new ScalableStatelessService(stack, 'Search', { ...SMALL, minCapacity: TASKS });
const load = loadOf(stack, 'Load', search, requestsPerSecond(20, 20));

const { containerName, containerPort } = search.service.taskDefinition.defaultContainer!;
const bad = new FargateTaskDefinition(stack, 'BadRevision', { cpu: 256, memoryLimitMiB: 512 });
bad.addContainer(containerName, { image: SMALL.image!, entryPoint: ['sh', '-c', 'exit 1'], portMappings: [{ containerPort }] });

const integ = testOf(app, 'Rollback', stack);
const run = startLoad(integ, load);

inOrder(
  expectTaskCount(integ, search, { taskCount: TASKS }),
  expectHealthyTargets(integ, search, { targetCount: TASKS }),
  run.started,
  startDeployment(integ, search, { taskDefinition: bad }),
  expectDeploymentRolledBack(integ, search),
  expectHealthyTargets(integ, search, { targetCount: TASKS }),
  expectNoFailedRequests(integ, run),
);
