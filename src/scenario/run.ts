import { minuteOf } from '../plan/calendar';
import type { ScalingPolicy } from '../plan/policy';
import type { Activity, NotScaled } from '../scaling/activity';
import type { FleetCounters } from '../scaling/fleet';
import { ScalingLoop } from '../scaling/loop';
import { measure } from '../scaling/measurement';
import type { Cancel, Time } from '../time/time';
import type { Client } from './client';
import type { Outcome, OutcomeEvent, TimelineRow } from './outcome';
import { drawTiming, type Scenario } from './scenario';
import { Timeline } from './timeline';
import type { WatchedFleet } from './watched-fleet';

/** What happens while a run goes on. */
export interface Observer {
  onRow?(row: TimelineRow): void;
  onActivity?(activity: Activity): void;
}

/** A run that has started. */
export interface Run {
  /** Ends the run and says what came of it. */
  finish(): Outcome;
  /** Ends the run without an outcome. */
  readonly stop: Cancel;
  /** What was decided so far and changed nothing, and why. */
  readonly notScaled: readonly NotScaled[];
  /** The least and the most tasks there may be now, wherever schedules and predictions have moved them. */
  readonly bounds: { readonly min: number; readonly max: number };
}

/** The parts of a run that differ between a forecast and a rehearsal. */
export interface RunParts {
  readonly kind: Outcome['kind'];
  readonly fleet: WatchedFleet;
  readonly client: Client;
  /** What befell the tasks so far; grows while they run. */
  readonly events: readonly OutcomeEvent[];
}

/** Starts the scaling loop and the timeline of a scenario over a fleet and a client. */
export function startRun(time: Time, scenario: Scenario, parts: RunParts, observer: Observer = {}): Run {
  const { policy } = scenario.plan;
  const { loop, stop: stopLoop } = ScalingLoop.start(time, parts.fleet, {
    policy,
    behavior: scenario.behavior,
    timing: drawTiming(scenario),
    desiredCount: policy.minCapacity,
    startMinute: scenario.startsAt === undefined ? undefined : minuteOf(scenario.startsAt),
    policyChanges: scenario.policyChanges,
    predictedMinimums: scenario.predictedMinimums,
    onActivity: (activity) => {
      timeline.noteDesiredCount();
      observer.onActivity?.(activity);
    },
  });
  const timeline: Timeline = Timeline.start(time, {
    ...parts,
    desiredCount: () => loop.desiredCount,
    maxCapacity: () => policy.maxCapacity,
    isOverTarget: (before, after) => isOverTarget(policy, before, after),
    onRow: (row) => observer.onRow?.(row),
  });
  const stop = (): void => {
    stopLoop();
    timeline.stop();
  };
  return {
    stop,
    get notScaled() {
      return loop.notScaled;
    },
    get bounds() {
      return loop.capacityBounds;
    },
    finish: () => {
      stop();
      const { rows, totals } = timeline.finish();
      return {
        kind: parts.kind,
        timeline: rows,
        activities: loop.activities,
        notScaled: loop.notScaled,
        events: [...parts.events, ...policyChangeEvents(scenario)].sort((one, other) => one.atSeconds - other.atSeconds),
        totals,
      };
    },
  };
}

function policyChangeEvents({ policyChanges = [] }: Scenario): OutcomeEvent[] {
  return policyChanges.map(({ atSeconds, policyName = 'every policy', targetValue }) => ({
    atSeconds,
    kind: 'policy-changed',
    description: `the target of ${policyName} was set to ${targetValue}`,
  }));
}

function isOverTarget({ targetTracking }: ScalingPolicy, before: FleetCounters, after: FleetCounters): boolean {
  return targetTracking.some(({ metric, targetValue }) => (measure({ metric }, before, after) ?? 0) > targetValue);
}
