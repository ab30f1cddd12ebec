import type { AwsBehavior } from './aws-behavior';

type Ranges = { readonly [Setting in keyof AwsBehavior]?: readonly AwsBehavior[Setting][] };

/**
 * What AWS does not document, and the values that what is known of it allows, the default among them.
 *
 * A number that a caller can rely on is one that holds over all of them.
 */
export const AWS_BEHAVIOR_RANGES = {
  // for services of more than ten tasks nothing was published.
  scaleInStep: ['one-task', 'proportional'],
  highResolutionLowAlarm: ['15-minutes', '15-datapoints'],
  decisionDatapoint: ['latest', 'mean'],
  cooldownBase: ['before-first-step', 'running'],
  // the second is what AWS's own benchmark of 363 seconds asks for.
  metricDelaySeconds: [
    { least: 30, most: 90 },
    { least: 60, most: 180 },
  ],
  highResolutionDelaySeconds: [
    { least: 10, most: 25 },
    { least: 5, most: 40 },
  ],
  // the ECS guide counts interval times threshold, the load balancer's says one.
  initialHealthChecks: [1, 2, 5],
  unfulfilledAfterSeconds: [600, 1800, 3600],
  scaleOutBlocksScaleIn: [false, true],
  requestCountDenominator: ['healthy', 'registered'],
} as const satisfies Ranges;

/** A behaviour that differs from another in one setting. */
export interface BehaviorVariant {
  readonly setting: keyof typeof AWS_BEHAVIOR_RANGES;
  readonly behavior: AwsBehavior;
}

/** All behaviours that differ from the given one in one unknown setting: a forecast over them shows which unknown matters. */
export function behaviorVariants(behavior: AwsBehavior): BehaviorVariant[] {
  return Object.entries(AWS_BEHAVIOR_RANGES).flatMap(([name, values]) => {
    const setting = name as BehaviorVariant['setting'];
    const others = values.filter((value) => JSON.stringify(value) !== JSON.stringify(behavior[setting]));
    return others.map((value) => ({ setting, behavior: { ...behavior, [setting]: value } }));
  });
}
