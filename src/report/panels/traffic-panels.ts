import { arrivalAt, type Traffic } from '../../scenario/traffic';
import { type Line, lineOfRows, type Point } from '../chart/line';
import type { Panel } from '../chart/panel';
import { type DrawnRun, seriesName } from './drawn-run';

/** How many users there are. */
export function usersPanel(runs: readonly DrawnRun[]): Panel {
  // the users are part of the question: several runs of one scenario have the same.
  const texts = runs.map((run) => JSON.stringify(run.scenario.traffic));
  const different = runs.filter((_, index) => texts.indexOf(texts[index]!) === index);
  return {
    title: 'Users',
    unit: 'who ask, wait for the answer, and ask again',
    series: different.map((run) => ({
      name: seriesName({ ...run, isAlone: different.length === 1 }, 'users'),
      colour: different.length === 1 ? 'grey' : run.colour,
      line: usersLine(run.scenario.traffic),
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
  let startSeconds = 0;
  return traffic.phases.flatMap((phase): Point[] => {
    const from = startSeconds;
    startSeconds += phase.durationSeconds;
    if (phase.kind !== 'users') return [{ atSeconds: from }, { atSeconds: startSeconds }];
    return [
      { atSeconds: from, value: arrivalAt({ phases: [phase] }, 0).value },
      { atSeconds: startSeconds, value: arrivalAt({ phases: [phase] }, phase.durationSeconds).value },
    ];
  });
}

/** What arrives and what of it is served. */
export function requestsPanel(runs: readonly DrawnRun[]): Panel {
  return {
    title: 'Traffic',
    unit: 'requests per second',
    series: runs.flatMap((run) => [
      {
        name: seriesName(run, 'served'),
        colour: run.colour,
        line: lineOfRows(run.outcome.timeline, (row) => row.requestsPerSecond),
        shape: run.isAlone ? 'filled' : 'solid',
      },
    ]),
    references: [],
    leastTop: 1,
    isWhole: false,
    height: 'tall',
  };
}
