import { nextDue } from '../plan/schedule';
import type { ScheduledAction } from '../plan/scheduled-action';
import type { Cancel, Time } from '../time/time';

const SECONDS_PER_MINUTE = 60;

/** When a scenario begins and how late its scheduled actions are. */
export interface ScheduleTiming {
  /** Minutes since 1970 at the beginning of the scenario. */
  readonly startMinute: number;
  /** From the time of a scheduled action until it acts. */
  readonly delaySeconds: number;
}

/** Carries out scheduled actions at their times, one after the other. The returned function ends it. */
export function startSchedules(
  time: Time,
  actions: readonly ScheduledAction[],
  timing: ScheduleTiming,
  act: (action: ScheduledAction) => void,
): Cancel {
  const stops = actions.map((action) => startSchedule(time, action, timing, act));
  return () => {
    for (const stop of stops) stop();
  };
}

function startSchedule(time: Time, action: ScheduledAction, timing: ScheduleTiming, act: (action: ScheduledAction) => void): Cancel {
  let cancel: Cancel = () => {};
  const origin = action.startMinute ?? timing.startMinute;
  const waitFrom = (minute: number): void => {
    const due = nextDue(action.schedule, minute, origin);
    if (due === undefined || due > (action.endMinute ?? Number.POSITIVE_INFINITY)) return;
    const atSeconds = (due - timing.startMinute) * SECONDS_PER_MINUTE + timing.delaySeconds;
    cancel = time.after(atSeconds - time.nowSeconds, () => {
      act(action);
      waitFrom(due);
    });
  };
  // what is due in the very minute in which the scenario begins is still to come.
  waitFrom(Math.max(timing.startMinute, action.startMinute ?? timing.startMinute) - 1);
  return () => cancel();
}
