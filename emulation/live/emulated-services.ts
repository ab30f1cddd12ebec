import type { FrontServer } from '../front/front-server';
import { LiveAlarms } from './live-alarms';
import { liveOperations } from './live-operations';
import { LiveServices, type LiveServicesParts } from './live-services';

/** Live services that a front answers for. */
export interface EmulatedServices {
  readonly live: LiveServices;
  /** Stops all but the tasks, which their supervisor ends. */
  stop(): Promise<void>;
}

/** Connects a front with the control plane, and with the services that run on this machine. */
export function emulateServices(front: FrontServer, parts: LiveServicesParts): EmulatedServices {
  const live = new LiveServices(parts);
  const alarms = new LiveAlarms(live);
  front.connect(parts.controlPlane, liveOperations(live, alarms));
  const stop = async (): Promise<void> => {
    alarms.stop();
    await live.stop();
    parts.clock.stop();
  };
  return { live, stop };
}
