import { formatElapsed } from '../../src/parse/durations';
import { AWS_DEFAULTS } from '../../src/plan/default-plan';
import type { Outcome } from '../../src/run/outcome';
import type { Scenario } from '../../src/run/scenario';
import { isScaleOut } from '../../src/scaling/activity';
import { memoryExhaustionSeconds } from './observed-scenario';

/** The speed that is recommended: what cannot be sped up seldom matters at it. */
const RECOMMENDED_SPEED = 5;

/** What takes no longer than this is not reported, in seconds of the scenario. */
const MIN_REPORTED_SECONDS = 60;

/** Reports what took longer than on AWS in a rehearsal because it cannot be sped up. */
export function speedRemarks(scenario: Scenario, speed: number, outcome: Outcome): string[] {
  if (speed <= RECOMMENDED_SPEED) return [];
  return [memoryRemark, pauseRemark, stopRemark].flatMap((remark) => remark(scenario, speed, outcome) ?? []);
}

/**
 * Reports that a start at speed takes minutes of the scenario, and the speed at which it is fair: a start of at most a minute, which is the
 * period of the metrics.
 */
export function startUpRemark({ workload }: Scenario, speed: number): string[] {
  const { startUpSeconds } = workload;
  if (startUpSeconds * speed <= MIN_REPORTED_SECONDS) return [];
  const fairSpeed = Math.max(1, Math.floor(MIN_REPORTED_SECONDS / startUpSeconds));
  const fair = startUpSeconds * fairSpeed;
  return [
    `a task takes ${formatWallSeconds(startUpSeconds)} to start, which is ${formatElapsed(startUpSeconds * speed)} at ${speed} times the speed: scaling out helps that much later than on AWS, ` +
      `here and in the forecast beside it, and what depends on it, such as the time at maxCapacity, is not that of AWS. Use --speed ${fairSpeed}, at which it is ${formatElapsed(fair)}`,
  ];
}

function memoryRemark(_: Scenario, speed: number, outcome: Outcome): string | undefined {
  const seconds = memoryExhaustionSeconds(outcome);
  if (seconds === undefined) return undefined;
  if (!Number.isFinite(seconds))
    return `no task exhausted its memory before it or the rehearsal ended: that takes time on the wall clock, at any speed. ${advice()}`;
  if (seconds <= MIN_REPORTED_SECONDS) return undefined;
  return (
    `exhausting the memory of a task took ${formatWallSeconds(seconds / speed)}, which is ${formatElapsed(seconds)} at ${speed} times the speed: ` +
    `the forecast assumes the same. ${advice()}, at which it is ${formatElapsed((seconds / speed) * RECOMMENDED_SPEED)}`
  );
}

/** Requests are not sped up, and neither is the timeout of a paused one. */
function pauseRemark({ plan }: Scenario, speed: number, { events }: Outcome): string | undefined {
  const longest = Math.max(0, ...events.filter(({ fault }) => fault === 'pause-task').map(({ durationSeconds = 0 }) => durationSeconds));
  const maxWaitSeconds = Math.min(longest, plan.idleTimeoutSeconds ?? AWS_DEFAULTS.idleTimeoutSeconds);
  if (longest === 0 || longest / speed >= maxWaitSeconds) return undefined;
  return (
    `a paused task delayed its requests by ${formatWallSeconds(longest / speed)}, which is ${formatElapsed(longest)} at ${speed} times the speed: in the forecast they wait ` +
    `up to ${formatWallSeconds(maxWaitSeconds)}, so latency and failures differ. ${advice()}, at which it is ${formatWallSeconds(Math.min(maxWaitSeconds, longest / RECOMMENDED_SPEED))}`
  );
}

function stopRemark({ workload }: Scenario, speed: number, outcome: Outcome): string | undefined {
  const { stopSeconds } = workload;
  if (stopSeconds * speed <= MIN_REPORTED_SECONDS || !hasStopped(outcome)) return undefined;
  return (
    `a task takes ${formatWallSeconds(stopSeconds)} from SIGTERM to its exit, which is ${formatElapsed(stopSeconds * speed)} at ${speed} times the speed: stopped tasks are ` +
    `billed that much longer, and a scale-in completes that much later, also in the forecast. ${advice()}, at which it is ${formatElapsed(stopSeconds * RECOMMENDED_SPEED)}`
  );
}

/** Whether any task was stopped by SIGTERM. */
function hasStopped({ activities, events }: Outcome): boolean {
  const isStopped = ({ kind, fault }: Outcome['events'][number]): boolean =>
    kind === 'deployment-started' ||
    kind === 'rebalancing-started' ||
    fault === 'stop-task' ||
    fault === 'pause-task' ||
    fault === 'fail-health-check';
  return activities.some((activity) => !isScaleOut(activity)) || events.some(isStopped);
}

function formatWallSeconds(seconds: number): string {
  return `${Number(seconds.toPrecision(2))} s`;
}

function advice(): string {
  return `Use --speed ${RECOMMENDED_SPEED}`;
}
