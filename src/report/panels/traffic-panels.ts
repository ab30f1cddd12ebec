import type { Traffic } from '../../scenario/traffic';
import { type Line, lineOfRows, type Point } from '../chart/line';
import type { Panel, Series } from '../chart/panel';
import { type DrawnRun, seriesName } from './drawn-run';

/** How many users there are. */
export function usersPanel(runs: readonly DrawnRun[]): Panel {
  // the users are part of the question: several runs of one scenario have the same.
  const lines = runs.map((run) => usersLine(run.scenario.traffic));
  const texts = lines.map((line) => JSON.stringify(line));
  const different = runs.filter((_, index) => texts.indexOf(texts[index]!) === index);
  return {
    title: 'Users',
    unit: 'who ask, wait for the answer, and ask again',
    series: different.map((run) => ({
      name: seriesName({ ...run, isAlone: different.length === 1 }, 'users'),
      colour: different.length === 1 ? 'grey' : run.colour,
      line: lines[runs.indexOf(run)]!,
      shape: 'solid',
    })),
    references: [],
    leastTop: 1,
    isWhole: true,
    height: 'low',
  };
}

/** The users at the corners of the traffic; none where requests arrive at a rate. */
function usersLine(traffic: Traffic): Line {
  const points: Point[] = [];
  let startSeconds = 0;
  for (const phase of traffic.phases) {
    const users = (value: number): number | undefined => (phase.kind === 'users' ? Math.round(value) : undefined);
    points.push({ atSeconds: startSeconds, value: users(phase.from) });
    startSeconds += phase.durationSeconds;
    points.push({ atSeconds: startSeconds, value: users(phase.to) });
  }
  return points;
}

/** What arrives and what of it is served. */
export function requestsPanel(runs: readonly DrawnRun[]): Panel {
  return {
    title: 'Traffic',
    unit: 'requests per second',
    series: runs.flatMap((run) => (run.isAlone ? [offered(run), served(run)] : [served(run)])),
    references: [],
    leastTop: 1,
    isWhole: false,
    height: 'tall',
  };
}

/** Below what is served, so that it is seen only where the two part. */
function offered({ outcome }: DrawnRun): Series {
  return { name: 'offered', colour: 'orange', line: lineOfRows(outcome.timeline, (row) => row.offeredPerSecond), shape: 'solid' };
}

function served(run: DrawnRun): Series {
  return {
    name: seriesName(run, 'served'),
    colour: run.colour,
    line: lineOfRows(run.outcome.timeline, (row) => row.requestsPerSecond),
    shape: run.isAlone ? 'filled' : 'solid',
  };
}
