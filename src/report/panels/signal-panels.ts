import { amount } from '../amount';
import { lineOfRows } from '../chart/line';
import type { Panel, Reference } from '../chart/panel';
import { type DrawnRun, seriesName } from './drawn-run';
import { SIGNALS, type Signal } from './signal';

/** Each signal against what the policies want of it. */
export function signalPanels(runs: readonly DrawnRun[]): Panel[] {
  return SIGNALS.filter((signal) => signal.isAlwaysShown || runs.some((run) => referencesOf(run, signal).length > 0)).map((signal) => ({
    title: signal.title,
    unit: signal.unit,
    series: runs.map((run) => ({
      name: run.isAlone ? signal.title : seriesName(run, signal.title),
      colour: run.isAlone ? signal.colour : run.colour,
      line: lineOfRows(run.outcome.timeline, signal.value),
      shape: 'solid',
    })),
    references: withoutRepeats(runs.flatMap((run) => referencesOf(run, signal))),
    leastTop: signal.leastTop,
    isWhole: false,
    height: 'tall',
  }));
}

/** The target that asks for more tasks, and the threshold below which there may be fewer. */
function referencesOf(run: DrawnRun, signal: Signal): Reference[] {
  const { plan, behavior } = run.scenario;
  const colour = run.isAlone ? 'red' : run.colour;
  return plan.policy.targetTracking
    .filter((tracking) => signal.metrics.includes(tracking.metric))
    .flatMap(({ targetValue, disableScaleIn }): Reference[] => {
      const low = targetValue * behavior.lowThresholdShare;
      const target: Reference = { label: `target ${amount(targetValue)}`, value: targetValue, kind: 'target', colour };
      const threshold: Reference = { label: `fewer tasks below ${amount(low)}`, value: low, kind: 'threshold', colour };
      return disableScaleIn ? [target] : [target, threshold];
    });
}

/** Two runs of one plan have the same targets, which belong to neither. */
function withoutRepeats(references: readonly Reference[]): Reference[] {
  return references.filter((one, index) => references.findIndex((other) => other.label === one.label) === index);
}
