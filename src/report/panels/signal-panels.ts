import { type ScalingMetric, signalOf, valueInRow } from '../../metrics/metric';
import { SIGNALS, type Signal } from '../../metrics/signals';
import { isGreaterThanAlarm } from '../../plan/alarm-rule';
import type { AlarmScaling } from '../../plan/step-scaling';
import { lowThresholdShareOf } from '../../scaling/aws-behavior';
import { lowThreshold } from '../../scaling/decision';
import { lineOfMeans, type Panel, type ReferenceLine, type Series } from '../chart/panel';
import { formatNumber } from '../number-format';
import { type DrawnRun, seriesName } from '../report';

/** A panel for each signal, with the targets and thresholds of the policies on a metric of it. */
export function signalPanels(runs: readonly DrawnRun[]): Panel[] {
  return SIGNALS.flatMap((signal): Panel[] => {
    const { label, panel } = signal;
    if (panel === undefined) return [];
    const referenceLines = mergedReferenceLines(runs.flatMap((run) => referenceLinesOf(run, signal)));
    const isMeasured =
      panel.isShownWhenMeasured === true &&
      runs.some(({ outcome }) => outcome.timeline.some((row) => valueInRow(row, signal) !== undefined));
    if (!panel.isAlwaysShown && !isMeasured && referenceLines.length === 0) return [];
    const series = runs.map((run): Series => {
      const line = lineOfMeans(run.outcome.timeline, (row) => valueInRow(row, signal));
      return { name: seriesName(run, label), color: run.isSingleRun ? panel.color : run.color, line, shape: 'solid' };
    });
    return [
      { title: label, unit: panel.unit, series, referenceLines, minAxisMax: panel.minAxisMax, wholeNumbersOnly: false, height: 'tall' },
    ];
  });
}

/**
 * The targets and thresholds of the policies on a metric of a signal.
 *
 * @param factor multiplies the values, for a panel in another unit: 1000 for seconds as milliseconds.
 */
export function referenceLinesOf(run: DrawnRun, signal: Signal, factor = 1): ReferenceLine[] {
  const { targetTracking, stepScaling, simpleScaling } = run.scenario.plan.policy;
  const color = run.isSingleRun ? 'red' : run.color;
  const isOnSignal = ({ metric }: { readonly metric: ScalingMetric }): boolean => signalOf(metric) === signal;
  return [
    ...targetTracking.filter(isOnSignal).flatMap(({ targetValue, disableScaleIn }): ReferenceLine[] => {
      const scaleInValue = lowThreshold(targetValue, lowThresholdShareOf(run.scenario.behavior, run.scenario.plan.policy.platform));
      const target: ReferenceLine = {
        label: `target ${formatNumber(targetValue * factor)}`,
        value: targetValue * factor,
        kind: 'primary',
        color,
      };
      if (disableScaleIn) return [target];
      return [
        target,
        { label: `scale-in below ${formatNumber(scaleInValue * factor)}`, value: scaleInValue * factor, kind: 'secondary', color },
      ];
    }),
    ...[...stepScaling, ...simpleScaling].filter(isOnSignal).map((policy): ReferenceLine => {
      const value = policy.alarm.threshold * factor;
      return { label: `alarm ${formatSide(policy)} ${formatNumber(value)}`, value, kind: 'primary', color };
    }),
  ];
}

/**
 * Removes repeated lines: runs of one plan have the same, and so have two steps of one alarm. If the primary lines differ between runs,
 * the secondary ones are removed too.
 */
export function mergedReferenceLines(references: readonly ReferenceLine[]): ReferenceLine[] {
  const unique = references.filter((one, index) => references.findIndex((other) => other.label === one.label) === index);
  const primary = unique.filter(({ kind }) => kind === 'primary');
  return primary.length > 1 && primary.some(({ color }) => color !== primary[0]!.color) ? primary : unique;
}

function formatSide({ alarm }: AlarmScaling): string {
  return isGreaterThanAlarm(alarm) ? 'above' : 'below';
}
