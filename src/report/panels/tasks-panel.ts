import type { Outcome } from '../../scenario/outcome';
import { type Line, lineOfReadings } from '../chart/line';
import type { Panel, Reference, Series } from '../chart/panel';
import { type DrawnRun, seriesName } from './drawn-run';

/** How many tasks are wanted, run, and answer. */
export function tasksPanel(runs: readonly DrawnRun[]): Panel {
  return {
    title: 'Tasks',
    unit: 'count',
    series: runs.flatMap((run) => (run.isAlone ? allSeries(run) : comparedSeries(run))),
    references: runs.length === 1 ? bounds(runs[0]!) : [],
    leastTop: 2,
    isWhole: true,
    height: 'tall',
  };
}

function allSeries(run: DrawnRun): Series[] {
  const { timeline } = run.outcome;
  return [
    { name: 'healthy', colour: 'green', line: lineOfReadings(timeline, (row) => row.healthyCount), shape: 'filled' },
    { name: 'running', colour: 'orange', line: lineOfReadings(timeline, (row) => row.runningCount), shape: 'solid' },
    { name: 'desired', colour: 'blue', line: desiredLine(run.outcome), shape: 'dashed' },
  ];
}

function comparedSeries(run: DrawnRun): Series[] {
  return [
    {
      name: seriesName(run, 'healthy'),
      colour: run.colour,
      line: lineOfReadings(run.outcome.timeline, (row) => row.healthyCount),
      shape: 'solid',
    },
    { name: 'desired', colour: run.colour, line: desiredLine(run.outcome), shape: 'dashed' },
  ];
}

/** The activities know to the second when the desired count changed; the rows of the timeline only that it did. */
function desiredLine({ activities, timeline }: Outcome): Line {
  const end = timeline.at(-1);
  if (end === undefined) return [];
  const first = activities[0]?.fromCapacity ?? end.desiredCount;
  const steps = activities.flatMap(({ startSeconds, fromCapacity, toCapacity }) => [
    { atSeconds: startSeconds, value: fromCapacity },
    { atSeconds: startSeconds, value: toCapacity },
  ]);
  return [{ atSeconds: 0, value: first }, ...steps, { atSeconds: end.atSeconds, value: end.desiredCount }];
}

function bounds({ scenario }: DrawnRun): Reference[] {
  const { maxCapacity } = scenario.plan.policy;
  return [{ label: `at most ${maxCapacity}`, value: maxCapacity, kind: 'threshold', colour: 'grey' }];
}
