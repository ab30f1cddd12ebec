import { AWS_DEFAULTS } from '../../src/plan/default-plan';
import { isScaleOut } from '../../src/scaling/activity';
import { clockTime } from '../../src/scenario/duration';
import type { Outcome } from '../../src/scenario/outcome';
import type { Scenario } from '../../src/scenario/scenario';
import { memoryFillSeconds } from './memory-fill-time';

/** At this speed what cannot be sped up is seldom noticed. */
const ADVISED_SPEED = 5;

/** What takes no longer than this of the scenario is not worth a word. */
const NOTICED_SECONDS = 60;

/** Says what a rehearsal at such a speed cannot show as AWS would, since it takes its own time, with how long it took. */
export function speedRemarks(scenario: Scenario, speed: number, outcome: Outcome): string[] {
  if (speed <= ADVISED_SPEED) return [];
  return [memoryRemark, freezeRemark, stopRemark].flatMap((remark) => remark(scenario, speed, outcome) ?? []);
}

function memoryRemark(_: Scenario, speed: number, outcome: Outcome): string | undefined {
  const seconds = memoryFillSeconds(outcome);
  if (seconds === undefined) return undefined;
  if (!Number.isFinite(seconds))
    return `no task had filled its memory before it went or the rehearsal ended: filling it takes its own time, however high the speed. ${advice()}`;
  if (seconds <= NOTICED_SECONDS) return undefined;
  return (
    `filling the memory of a task took ${wall(seconds / speed)}, which are ${clockTime(seconds)} at ${speed} times the speed: ` +
    `the forecast beside it waits as long. ${advice()}, where it takes ${clockTime((seconds / speed) * ADVISED_SPEED)}`
  );
}

/** Requests keep their own pace, and so does what they wait for. */
function freezeRemark({ plan }: Scenario, speed: number, { events }: Outcome): string | undefined {
  const longest = Math.max(0, ...events.filter(({ fault }) => fault === 'freeze-task').map(({ durationSeconds = 0 }) => durationSeconds));
  const heldSeconds = Math.min(longest, plan.idleTimeoutSeconds ?? AWS_DEFAULTS.idleTimeoutSeconds);
  if (longest === 0 || longest / speed >= heldSeconds) return undefined;
  return (
    `a frozen task held its requests for ${wall(longest / speed)}, which are ${clockTime(longest)} at ${speed} times the speed: in the forecast beside it they wait ` +
    `for up to ${wall(heldSeconds)}, so that latency and failures differ. ${advice()}, where it is ${wall(Math.min(heldSeconds, longest / ADVISED_SPEED))}`
  );
}

function stopRemark({ workload }: Scenario, speed: number, outcome: Outcome): string | undefined {
  const { stopSeconds } = workload;
  if (stopSeconds * speed <= NOTICED_SECONDS || !hasStopped(outcome)) return undefined;
  return (
    `a task takes ${wall(stopSeconds)} from SIGTERM to its end, which are ${clockTime(stopSeconds * speed)} at ${speed} times the speed: so much longer is ` +
    `each that goes paid for, and so much later is a scale-in complete, here and in the forecast beside it. ${advice()}, where it is ${clockTime(stopSeconds * ADVISED_SPEED)}`
  );
}

/** Whether any task was told to go. */
function hasStopped({ activities, events }: Outcome): boolean {
  const isStopped = ({ kind, fault }: Outcome['events'][number]): boolean =>
    kind === 'deployment-started' ||
    kind === 'rebalancing-started' ||
    fault === 'stop-task' ||
    fault === 'freeze-task' ||
    fault === 'fail-health-check';
  return activities.some((activity) => !isScaleOut(activity)) || events.some(isStopped);
}

function wall(seconds: number): string {
  return `${Number(seconds.toPrecision(2))} s`;
}

function advice(): string {
  return `Take --speed ${ADVISED_SPEED}`;
}
