import { isRaisedAbove } from '../../plan/alarm-rule';
import type { AlarmScaling } from '../../plan/step-scaling';
import { lowShareOf } from '../../scaling/aws-behavior';
import { lowThreshold } from '../../scaling/decision';
import { amount } from '../amount';
import type { Reference } from '../chart/panel';
import type { DrawnRun } from './drawn-run';

/** The values at which the policies that follow one of the metrics act, in the metric's unit times a factor. */
export function referencesOf(run: DrawnRun, metrics: readonly string[], factor = 1): Reference[] {
  const { targetTracking, stepScaling, simpleScaling } = run.scenario.plan.policy;
  const colour = run.isAlone ? 'red' : run.colour;
  const follows = ({ metric }: { readonly metric: string }): boolean => metrics.includes(metric);
  return [
    ...targetTracking.filter(follows).flatMap(({ targetValue, disableScaleIn }): Reference[] => {
      const low = lowThreshold(targetValue, lowShareOf(run.scenario.behavior, run.scenario.plan.policy.platform));
      const target: Reference = { label: `target ${amount(targetValue * factor)}`, value: targetValue * factor, kind: 'target', colour };
      if (disableScaleIn) return [target];
      return [target, { label: `fewer tasks below ${amount(low * factor)}`, value: low * factor, kind: 'threshold', colour }];
    }),
    ...[...stepScaling, ...simpleScaling].filter(follows).map((policy): Reference => {
      const value = policy.alarm.threshold * factor;
      return { label: `alarm ${sideOf(policy)} ${amount(value)}`, value, kind: 'target', colour };
    }),
  ];
}

/**
 * The same target twice is drawn once: runs of one plan have the same, and so have two steps of one alarm. Where plans want different
 * things, what they want is enough to look at without the thresholds below.
 */
export function withoutRepeats(references: readonly Reference[]): Reference[] {
  const different = references.filter((one, index) => references.findIndex((other) => other.label === one.label) === index);
  const targets = different.filter(({ kind }) => kind === 'target');
  return targets.length > 1 && targets.some(({ colour }) => colour !== targets[0]!.colour) ? targets : different;
}

function sideOf({ alarm }: AlarmScaling): string {
  return isRaisedAbove(alarm) ? 'above' : 'below';
}
