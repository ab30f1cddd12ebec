import type { FleetCounters } from '../metrics/fleet-counters';
import { startCountOf } from '../plan/service-plan';
import type { Activity, NotScaled } from '../scaling/activity';
import type { ObservedFleet } from '../scaling/fleet';
import { ScalingLoop } from '../scaling/loop';
import { datapointOf } from '../scaling/metric-feed';
import { minutesSince1970 } from '../time/calendar';
import type { Cancel, Clock } from '../time/clock';
import type { Client } from './client';
import type { Outcome, OutcomeEvent, TimelineRow } from './outcome';
import { randomTiming, type Scenario } from './scenario';
import { Timeline } from './timeline';

/** Gets notified while a run goes on. */
export interface RunObserver {
  /** Called once a minute, with the row that was added to the timeline. */
  onRow?(row: TimelineRow): void;
  /** Called when a scaling activity has changed the desired count. */
  onActivity?(activity: Activity): void;
}

/** A run that has started. */
export interface Run {
  /** Ends the run and returns its outcome. */
  finish(): Outcome;
  /** Ends the run without an outcome. */
  readonly stop: Cancel;
  /** The decisions so far that changed nothing, and why. */
  readonly notScaled: readonly NotScaled[];
  /** The current minimum and maximum capacity, with all changes by scheduled actions and predictive scaling. */
  readonly bounds: { readonly min: number; readonly max: number };
}

/** The parts of a run that differ between a forecast and a rehearsal. */
export interface RunParts {
  readonly kind: Outcome['kind'];
  readonly fleet: ObservedFleet;
  readonly client: Client;
  /**
   * What the fleet counted in each second of the scenario before the start.
   *
   * @default - metrics begin at the start
   */
  readonly historyPerSecond?: FleetCounters;
  /** The events so far; grows while the run goes on. */
  readonly events: readonly OutcomeEvent[];
}

/** Starts the scaling loop and the timeline of a scenario over a fleet and a client. */
export function startRun(clock: Clock, scenario: Scenario, parts: RunParts, observer: RunObserver = {}): Run {
  const { policy, deployment } = scenario.plan;
  const { loop, stop: stopLoop } = ScalingLoop.start(clock, parts.fleet, {
    policy,
    behavior: scenario.behavior,
    timing: randomTiming(scenario),
    desiredCount: startCountOf(scenario.plan),
    startMinute: scenario.startsAt === undefined ? undefined : minutesSince1970(scenario.startsAt),
    policyChanges: scenario.policyChanges,
    predictedMinimums: scenario.predictedMinimums,
    historyPerSecond: parts.historyPerSecond,
    watchedAlarms: deployment.rollbackAlarms?.watched,
    onActivity: (activity) => {
      timeline.recordDesiredCount();
      observer.onActivity?.(activity);
    },
  });
  const timeline: Timeline = Timeline.start(clock, {
    ...parts,
    countingRules: scenario.behavior,
    desiredCount: () => loop.desiredCount,
    maxCapacity: () => policy.maxCapacity,
    isOverTarget: (counted) => isOverTarget(scenario, counted),
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

function isOverTarget({ plan, behavior }: Scenario, counted: FleetCounters): boolean {
  return plan.policy.targetTracking.some((tracking) => (datapointOf(tracking, counted, behavior) ?? 0) > tracking.targetValue);
}
