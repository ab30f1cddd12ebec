import { lineOfRows } from '../chart/line';
import type { Panel } from '../chart/panel';
import { type DrawnRun, seriesName } from './drawn-run';
import { referencesOf, withoutRepeats } from './references';
import { SIGNALS } from './signal';

/** Each signal against what the policies want of it. */
export function signalPanels(runs: readonly DrawnRun[]): Panel[] {
  return SIGNALS.map((signal) => ({ signal, references: withoutRepeats(runs.flatMap((run) => referencesOf(run, signal.metrics))) }))
    .filter(({ signal, references }) => signal.isAlwaysShown || references.length > 0)
    .map(({ signal, references }) => ({
      title: signal.title,
      unit: signal.unit,
      series: runs.map((run) => ({
        name: seriesName(run, signal.title),
        colour: run.isAlone ? signal.colour : run.colour,
        line: lineOfRows(run.outcome.timeline, signal.value),
        shape: 'solid',
      })),
      references,
      leastTop: signal.leastTop,
      isWhole: false,
      height: 'tall',
    }));
}
