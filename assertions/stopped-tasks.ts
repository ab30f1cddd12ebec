import type { IntegTest } from '@aws-cdk/integ-tests-alpha';
import { callForValues, expectAtPath, waitForValue } from './call-with-expectation';
import { exactly } from './expectation';
import { inOrder, type Steps } from './in-order';
import { nameOf, type TestedService } from './tested-service';

/** Stops one running task of the service, whichever ECS lists first, and waits until it has stopped. */
export function stopOneTask(integ: IntegTest, service: TestedService): Steps {
  return stopTasks(integ, service, { taskCount: 1 });
}

/** Tasks to stop. */
export interface StopTasksOptions {
  /** How many tasks are stopped. They are listed first, so that none of them is the replacement of another. */
  readonly taskCount: number;
}

/** Stops tasks of the service one right after the other, within the time that ECS takes to replace one, and waits until they have stopped. */
export function stopTasks(integ: IntegTest, service: TestedService, { taskCount }: StopTasksOptions): Steps {
  const { cluster, service: serviceName } = nameOf(service);
  const parameters = { cluster, serviceName, desiredStatus: 'RUNNING', maxResults: taskCount };
  const paths = Array.from({ length: taskCount }, (_, index) => `taskArns.${index}`);
  const { call: list, values: tasks } = callForValues(integ, { service: 'ecs', api: 'listTasks', parameters }, ...paths);
  const stop = (task: string) => {
    const call = { service: 'ecs', api: 'stopTask', parameters: { cluster, task, reason: 'Integration test' }, path: 'task.desiredStatus' };
    return expectAtPath(integ, call, exactly('STOPPED'));
  };
  const stopped = (task: string) => {
    const call = { service: 'ecs', api: 'describeTasks', parameters: { cluster, tasks: [task] }, path: 'tasks.0.lastStatus' };
    return waitForValue(integ, call, exactly('STOPPED'));
  };
  return inOrder(list, tasks.map(stop), tasks.map(stopped));
}
