import { formatDuration } from '../../parse/durations';
import type { Deployment } from '../../plan/deployment-settings';
import type { FailureThreshold } from '../../plan/failure-threshold';
import type { LifecycleHook } from '../../plan/lifecycle-hooks';

const SECONDS_PER_MINUTE = 60;

/** What is configured of a deployment beyond the defaults of ECS, one line each. */
export function deploymentLines({ circuitBreakerThreshold, resetOnHealthyTask, lifecycleHooks = [], earlySuccess }: Deployment): string[] {
  return [
    ...(circuitBreakerThreshold === undefined ? [] : [thresholdLine(circuitBreakerThreshold, resetOnHealthyTask ?? true)]),
    ...lifecycleHooks.map(hookLine),
    ...(earlySuccess === undefined
      ? []
      : [
          `early success at ${earlySuccess.healthyPercent} % healthy, ${earlySuccess.cleanup === 'DEFERRED' ? 'before' : 'after'} the cleanup`,
        ]),
  ];
}

function thresholdLine({ type, value }: FailureThreshold, resets: boolean): string {
  const bounds = type === 'BOUNDED_PERCENT' ? ', from 3 to 200' : '';
  const failures = type === 'COUNT' ? `${value} failures` : `failures of ${value} % of the tasks${bounds}`;
  return `circuit breaker after ${failures}${resets ? ', in a row' : ', all together'}`;
}

function hookLine({ targetType, stages, timeoutMinutes, timeoutAction }: LifecycleHook): string {
  const timeout = formatDuration(timeoutMinutes * SECONDS_PER_MINUTE);
  const what = targetType === 'PAUSE' ? 'pauses' : 'invokes a function';
  return `${what} at ${stages.join(', ')}; after ${timeout} it ${timeoutAction === 'ROLLBACK' ? 'rolls back' : 'continues'}`;
}
