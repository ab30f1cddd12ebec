import type { ScalingPolicy } from '../plan/policy';
import { AWS_BEHAVIOR, type AwsBehavior } from './aws-behavior';

type Ranges = { readonly [Setting in keyof AwsBehavior]?: readonly AwsBehavior[Setting][] };

/**
 * The settings that AWS does not document, with all values that are consistent with what is known, including the default.
 *
 * A result is reliable if it is the same for all of them.
 */
export const AWS_BEHAVIOR_ALTERNATIVES = {
  // nothing was published about services of more than ten tasks.
  scaleInStep: ['one-task', 'proportional'],
  highResolutionLowAlarm: ['15-minutes', '15-datapoints'],
  decisionDatapoint: ['latest', 'mean'],
  cooldownBase: ['before-first-step', 'running'],
  // the second matches AWS's own benchmark of 363 seconds.
  metricDelaySeconds: [
    { min: 30, max: 90 },
    { min: 60, max: 180 },
  ],
  registrationLagSeconds: [
    { min: 0, max: 0 },
    { min: 5, max: 15 },
    { min: 10, max: 30 },
  ],
  highResolutionDelaySeconds: [
    { min: 10, max: 25 },
    { min: 5, max: 40 },
  ],
  // the ECS guide counts interval times threshold, the load balancer guide says one.
  initialHealthChecks: [1, 2, 5],
  activityCompletion: ['running-count', 'all-steady'],
  minActivitySeconds: [0, 30],
  unfulfilledAfterSeconds: [600, 1800, 3600],
  scaleOutBlocksScaleIn: [false, true],
  requestCountDenominator: ['healthy', 'registered'],
  drainingTasksInUtilization: ['left-out', 'counted'],
  bakeTimePerEvaluation: [1, 2],
} as const satisfies Ranges;

/** The same for what only a group of instances depends on. */
export const INSTANCE_BEHAVIOR_ALTERNATIVES = {
  instanceSeconds: [
    { median: 30, sigma: 0.2 },
    { median: 60, sigma: 0.3 },
    { median: 120, sigma: 0.3 },
  ],
  warmStartSeconds: [
    { median: 15, sigma: 0.3 },
    { median: 30, sigma: 0.3 },
  ],
  creditLoweringSeconds: [0, 900],
} as const satisfies Ranges;

/** The slower end of every range: scaling out starts later and adds less, and scaling in waits longer. */
export const CAUTIOUS_AWS_BEHAVIOR: AwsBehavior = {
  ...AWS_BEHAVIOR,
  scaleInStep: 'one-task',
  highResolutionLowAlarm: '15-minutes',
  decisionDatapoint: 'mean',
  cooldownBase: 'before-first-step',
  metricDelaySeconds: { min: 60, max: 180 },
  highResolutionDelaySeconds: { min: 5, max: 40 },
  registrationLagSeconds: { min: 10, max: 30 },
  initialHealthChecks: 5,
  activityCompletion: 'all-steady',
  minActivitySeconds: 30,
  unfulfilledAfterSeconds: 3600,
  scaleOutBlocksScaleIn: true,
  requestCountDenominator: 'registered',
  drainingTasksInUtilization: 'counted',
  bakeTimePerEvaluation: 2,
  instanceSeconds: { median: 120, sigma: 0.3 },
  warmStartSeconds: { median: 30, sigma: 0.3 },
  creditLoweringSeconds: 900,
};

/** A behavior that differs from another in one setting. */
export interface BehaviorVariant {
  readonly setting: keyof typeof AWS_BEHAVIOR_ALTERNATIVES | keyof typeof INSTANCE_BEHAVIOR_ALTERNATIVES;
  readonly behavior: AwsBehavior;
}

/** All behaviors that differ from the given one in one undocumented setting. Forecasts over them show which setting matters. */
export function behaviorVariants(behavior: AwsBehavior, platform: ScalingPolicy['platform'] = 'ecs'): BehaviorVariant[] {
  const alternatives: Ranges = { ...AWS_BEHAVIOR_ALTERNATIVES, ...(platform === 'ec2' && INSTANCE_BEHAVIOR_ALTERNATIVES) };
  return Object.entries(alternatives).flatMap(([name, values]) => {
    const setting = name as BehaviorVariant['setting'];
    const others = values.filter((value) => JSON.stringify(value) !== JSON.stringify(behavior[setting]));
    return others.map((value) => ({ setting, behavior: { ...behavior, [setting]: value } }));
  });
}
