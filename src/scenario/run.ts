import { minuteOf } from '../plan/calendar';
import type { Activity } from '../scaling/activity';
import { ScalingLoop } from '../scaling/loop';
import type { Cancel, Time } from '../time/time';
import type { Client } from './client';
import type { Outcome, TimelineRow } from './outcome';
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
}

/** The parts of a run that differ between a forecast and a rehearsal. */
export interface RunParts {
  readonly kind: Outcome['kind'];
  readonly fleet: WatchedFleet;
  readonly client: Client;
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
    onActivity: (activity) => observer.onActivity?.(activity),
  });
  const timeline = Timeline.start(time, { ...parts, desiredCount: () => loop.desiredCount, onRow: (row) => observer.onRow?.(row) });
  const stop = (): void => {
    stopLoop();
    timeline.stop();
  };
  return {
    stop,
    finish: () => {
      stop();
      const { rows, totals } = timeline.finish();
      return { kind: parts.kind, timeline: rows, activities: loop.activities, notScaled: loop.notScaled, totals };
    },
  };
}
