import type { LocalFleet } from '../../rehearsal/fleet/local-fleet';
import type { Fleet, FleetCounters } from '../../src/scaling/fleet';
import type { LiveDeployments } from './live-deployments';

/** The fleet of a live service, and what scaling does with it. */
export interface ScaledFleetParts {
  readonly fleet: LocalFleet;
  readonly deployments: LiveDeployments;
  /** What the policies read. */
  readonly counters: () => FleetCounters;
  readonly setDesiredCount: (desiredCount: number) => void;
}

/** The fleet of a live service as scaling sees it. */
export function scaledFleet({ fleet, deployments, counters, setDesiredCount }: ScaledFleetParts): Fleet {
  return {
    get runningCount() {
      return fleet.runningCount;
    },
    get isSteady() {
      return fleet.isSteady;
    },
    get isDeploying() {
      return deployments.primary.rolloutState === 'IN_PROGRESS';
    },
    get counters() {
      return counters();
    },
    setDesiredCount,
    setAlarmState: (alarmName, isInAlarm) => fleet.setAlarmState(alarmName, isInAlarm),
  };
}
