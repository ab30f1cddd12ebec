import { activityLine, eventLine } from '../src/report/text/activities';
import { timelineHeadings, timelineLine } from '../src/report/text/timeline';
import type { Scenario } from '../src/scenario/scenario';
import { trafficSeconds } from '../src/scenario/traffic';
import type { Console } from './console';
import { canShowLiveView, tooSmallInWords } from './live/live-style';
import { LiveDisplay } from './live-display';
import type { RehearsalDisplay } from './rehearsal-display';
import type { RehearseArguments } from './rehearse-arguments';

/** A screen where one can be drawn and is wanted, else lines. */
export function chooseDisplay(args: RehearseArguments, scenario: Scenario, console: Console): RehearsalDisplay {
  const canDraw = !args.json && !args.isPlain && canShowLiveView(process.stdout, process.env);
  return canDraw ? new LiveDisplay(scenario, args.speed) : linesOn(console, scenario, args);
}

function linesOn(console: Console, scenario: Scenario, { speed, externalSeconds, json, isPlain }: RehearseArguments): RehearsalDisplay {
  const wallSeconds = Math.round(trafficSeconds(scenario.traffic) / speed);
  const length = externalSeconds === undefined ? `about ${wallSeconds} seconds` : `${wallSeconds} seconds at most`;
  const tooSmall = json || isPlain ? undefined : tooSmallInWords(process.stdout, process.env);
  const pace = speed === 1 ? 'in real time' : `${speed} times as fast`;
  return {
    keepsEvents: true,
    onReady: ({ url }) => {
      if (tooSmall !== undefined) console.note(tooSmall);
      console.section(`Rehearsal at ${url}, ${pace}, ${length} (Ctrl-C ends it)`, [timelineHeadings()]);
    },
    onRow: (row) => console.say(`  ${timelineLine(row)}`),
    onActivity: (activity) => console.say(`  ${activityLine(activity)}`),
    onEvent: (event) => console.say(`  ${eventLine(event)}`),
    close: () => {},
  };
}
