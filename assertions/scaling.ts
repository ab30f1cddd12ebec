import type { IntegTest } from '@aws-cdk/integ-tests-alpha';
import { Duration } from 'aws-cdk-lib';
import { type WaitOptions, waitForValue } from './call-with-expectation';
import { atLeast, exactly, matching } from './expectation';
import { inOrder, type Steps } from './in-order';
import { scalableTargetOf, type TestedService } from './tested-service';

/** A number of tasks. */
export interface TaskCountOptions extends WaitOptions {
  /** The desired count that is expected, and as many running tasks. */
  readonly taskCount: number;
}

/** A scale-out. */
export interface ScaledOutOptions extends WaitOptions {
  /** The desired count that a scaling activity must have set, at least. */
  readonly minTaskCount: number;

  /**
   * The name of the policy that must have caused the activity: `Requests` or `Cpu`, for example.
   *
   * @default - any policy
   */
  readonly policy?: string;
}

/** An alarm has three datapoints above its target after three minutes; CloudWatch has them later, and a task takes a while to start. */
const SCALE_OUT = Duration.minutes(15);

/** Target tracking removes tasks after 15 datapoints below its target, and then waits for the cooldown. */
const SCALE_IN = Duration.minutes(40);

const A_TASK_STARTS = Duration.minutes(5);

/** Waits until the service has a number of tasks, desired and running. */
export function expectTaskCount(integ: IntegTest, service: TestedService, { taskCount, ...wait }: TaskCountOptions): Steps {
  return inOrder(
    waitForCount(integ, service, 'desiredCount', taskCount, wait),
    waitForCount(integ, service, 'runningCount', taskCount, wait),
  );
}

/**
 * Waits until a scaling activity has set the desired count to at least `minTaskCount`, because of the policy, and until as many tasks run.
 *
 * It reads the latest activity: call it while the load lasts, before scale-in begins.
 */
export function expectScaledOut(integ: IntegTest, service: TestedService, options: ScaledOutOptions): Steps {
  const { minTaskCount, policy = '', ...wait } = options;
  const activity = (field: string, pattern: RegExp, waitOptions: WaitOptions) =>
    waitForValue(integ, latestActivity(service, field), matching(pattern), waitOptions);
  return inOrder(
    activity('Description', new RegExp(`Setting desired count to ${atLeast(minTaskCount).source}\\b`), { timeout: SCALE_OUT, ...wait }),
    activity('Cause', new RegExp(`in state ALARM triggered policy ${escaped(policy)}${policy ? '$' : ''}`), {
      timeout: Duration.minutes(1),
    }),
    activity('StatusCode', /^Successful$/, { timeout: A_TASK_STARTS }),
  );
}

/** Waits until scaling has set the desired count to `taskCount` after the load, and until no more tasks run. */
export function expectScaledIn(integ: IntegTest, service: TestedService, options: TaskCountOptions): Steps {
  const { taskCount, ...wait } = options;
  return inOrder(
    waitForCount(integ, service, 'desiredCount', taskCount, { timeout: SCALE_IN, ...wait }),
    waitForValue(integ, latestActivity(service, 'Cause'), matching(/in state ALARM triggered policy /), { timeout: Duration.minutes(1) }),
    waitForCount(integ, service, 'runningCount', taskCount, { timeout: A_TASK_STARTS }),
  );
}

function waitForCount(integ: IntegTest, { cluster, service }: TestedService, field: string, count: number, wait: WaitOptions) {
  const parameters = { cluster: cluster.clusterArn, services: [service.serviceName] };
  const call = { service: 'ecs', api: 'describeServices', parameters, path: `services.0.${field}` };
  return waitForValue(integ, call, exactly(count), wait);
}

/** Activities come with the latest first. */
function latestActivity(service: TestedService, field: string) {
  const parameters = { ...scalableTargetOf(service), MaxResults: 1 };
  return { service: 'application-auto-scaling', api: 'describeScalingActivities', parameters, path: `ScalingActivities.0.${field}` };
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
