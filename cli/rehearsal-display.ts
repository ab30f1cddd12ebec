import { activityLine } from '../src/report/text/activities';
import { timelineHeadings, timelineLine } from '../src/report/text/timeline';
import { clockTime } from '../src/scenario/duration';
import type { Scenario } from '../src/scenario/scenario';
import { trafficSeconds } from '../src/scenario/traffic';
import type { Console } from './console';
import type { RehearsalObserver } from './rehearsal/rehearsal';
import type { RehearseArguments } from './rehearse-arguments';

/** What shows a rehearsal while it goes on. */
export interface RehearsalDisplay extends RehearsalObserver {
  /** Leaves the terminal as it was. May be called more than once. */
  close(): void;
}

/** A screen where one can be drawn and is wanted, else lines. */
export function displayFor(args: RehearseArguments, scenario: Scenario, console: Console): RehearsalDisplay {
  return linesOn(console, scenario, args);
}

function linesOn(console: Console, scenario: Scenario, { speed, externalSeconds }: RehearseArguments): RehearsalDisplay {
  const wallSeconds = Math.round(trafficSeconds(scenario.traffic) / speed);
  const length = externalSeconds === undefined ? `about ${wallSeconds} seconds` : `${wallSeconds} seconds at most`;
  return {
    onReady: ({ url }) => {
      console.section(`Rehearsal at ${url}, ${speed} times as fast, ${length} (Ctrl-C ends it)`, [timelineHeadings()]);
    },
    onRow: (row) => console.say(`  ${timelineLine(row)}`),
    onActivity: (activity) => console.say(`  ${activityLine(activity)}`),
    onEvent: ({ atSeconds, description }) => console.say(`  ${clockTime(atSeconds)} ${description}`),
    close: () => {},
  };
}
