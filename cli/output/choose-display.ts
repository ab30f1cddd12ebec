import { activityLine, eventLine } from '../../src/report/text/activity-text';
import { timelineHeadings, timelineLine } from '../../src/report/text/timeline-text';
import type { Scenario } from '../../src/run/scenario';
import { trafficSeconds } from '../../src/traffic/traffic-phases';
import type { RehearseArguments } from '../commands/rehearse-options';
import { canShowLiveView, formatTooSmall } from '../live-view/live-style';
import type { Console } from './console';
import type { RehearsalDisplay } from './live-display';
import { LiveDisplay } from './live-display';

/** The live view if the terminal can show it and `--plain` is not given, else lines. */
export function chooseDisplay(args: RehearseArguments, scenario: Scenario, console: Console): RehearsalDisplay {
  const canDraw = !args.json && !args.isPlain && canShowLiveView(process.stdout, process.env);
  return canDraw ? new LiveDisplay(scenario, args.speed) : linesDisplay(console, scenario, args);
}

function linesDisplay(
  console: Console,
  scenario: Scenario,
  { speed, externalSeconds, json, isPlain }: RehearseArguments,
): RehearsalDisplay {
  const wallSeconds = Math.round(trafficSeconds(scenario.traffic) / speed);
  const durationText = externalSeconds === undefined ? `about ${wallSeconds} seconds` : `${wallSeconds} seconds at most`;
  const tooSmall = json || isPlain ? undefined : formatTooSmall(process.stdout, process.env);
  const speedText = speed === 1 ? 'in real time' : `${speed} times as fast`;
  return {
    hasPrintedEvents: true,
    onReady: ({ url }) => {
      if (tooSmall !== undefined) console.printProgress(tooSmall);
      console.printSection(`Rehearsal at ${url}, ${speedText}, ${durationText} (Ctrl-C ends it)`, [timelineHeadings()]);
    },
    onRow: (row) => console.print(`  ${timelineLine(row)}`),
    onActivity: (activity) => console.print(`  ${activityLine(activity)}`),
    onEvent: (event) => console.print(`  ${eventLine(event)}`),
    close: () => {},
  };
}
