import { isHighResolution, isRequestCount } from '../metrics/metric';
import type { Scenario } from '../run/scenario';
import { type BehaviorVariant, behaviorVariants } from '../scaling/behavior-alternatives';
import { type Band, bandOver, type ForecastBand, forecastSeeds, type SeedOutcome } from './band';

/** The figures of a forecast with another value of one undocumented setting of AWS. */
export interface Sensitivity {
  readonly setting: BehaviorVariant['setting'];
  /** The other value, as JSON. */
  readonly value: string;
  readonly band: ForecastBand;
}

/** Enough seeds to see whether a setting matters. */
const MAX_SEEDS_OF_VARIANT = 20;

/** The seeds with which each variant is repeated: a fifth of those of the forecast, at least two if it has them, at most 20. */
export function seedsOfVariant(seeds: number): number {
  return Math.min(seeds, MAX_SEEDS_OF_VARIANT, Math.max(2, Math.round(seeds / 5)));
}

/** The behaviors that differ in one undocumented setting which the plan depends on. */
export function relevantVariants(scenario: Scenario): BehaviorVariant[] {
  const { plan, behavior } = scenario;
  const { targetTracking, stepScaling, simpleScaling } = plan.policy;
  const metrics = [...targetTracking, ...stepScaling, ...simpleScaling].map(({ metric }) => metric);
  const isRelevant = ({ setting }: BehaviorVariant): boolean => {
    if (setting === 'requestCountDenominator') return metrics.some(isRequestCount);
    if (setting === 'bakeTimePerEvaluation') return hasBakeTime(scenario);
    if (setting === 'highResolutionDelaySeconds' || setting === 'highResolutionLowAlarm') return metrics.some(isHighResolution);
    if (setting === 'creditLoweringSeconds') return plan.instances?.credits?.mode === 'standard';
    if (setting === 'warmStartSeconds') return plan.instances?.warmPool !== undefined;
    return metrics.length > 0;
  };
  return behaviorVariants(behavior, plan.policy.platform).filter(isRelevant);
}

/** Whether a rolling deployment has a bake time. */
function hasBakeTime({ plan: { deployment }, faults = [] }: Scenario): boolean {
  const isRolling = deployment.rollbackAlarms !== undefined && deployment.trafficShift === undefined;
  return isRolling && faults.some(({ kind }) => kind === 'deploy' || kind === 'bad-deployment');
}

/** Repeats a forecast with the other value of a setting. */
export function sensitivityTo({ setting, behavior }: BehaviorVariant, scenario: Scenario, seeds: number): Sensitivity {
  const outcomes = forecastSeeds({ ...scenario, behavior }, seedsOfVariant(seeds));
  return { setting, value: JSON.stringify(behavior[setting]), band: bandOver(outcomes) };
}

/** Repeats a forecast with other values of the undocumented settings of AWS, one at a time. */
export function sensitivityOf(scenario: Scenario, seeds: number): Sensitivity[] {
  return relevantVariants(scenario).map((variant) => sensitivityTo(variant, scenario, seeds));
}

/**
 * The bands over seeds and over the undocumented behaviors of AWS: the median of the assumed behavior, from the lowest 5th percentile
 * to the highest 95th of all behaviors, and the highest maximum.
 */
export function bandOverBehaviors(outcomes: readonly SeedOutcome[], sensitivity: readonly Sensitivity[]): ForecastBand {
  const assumed = bandOver(outcomes);
  const bands = sensitivity.map(({ band }) => band);
  return {
    seeds: assumed.seeds,
    firstScaleOutSeconds: widened(assumed.firstScaleOutSeconds, bands, 'firstScaleOutSeconds'),
    firstScaleInSeconds: widened(assumed.firstScaleInSeconds, bands, 'firstScaleInSeconds'),
    maxTasks: widened(assumed.maxTasks, bands, 'maxTasks'),
    failedRequests: widened(assumed.failedRequests, bands, 'failedRequests'),
    secondsOverTarget: widened(assumed.secondsOverTarget, bands, 'secondsOverTarget'),
    outageSeconds: widened(assumed.outageSeconds, bands, 'outageSeconds'),
    taskHours: widened(assumed.taskHours, bands, 'taskHours'),
    p95Millis: widened(assumed.p95Millis, bands, 'p95Millis'),
    p99Millis: widened(assumed.p99Millis, bands, 'p99Millis'),
  };
}

/** A band that reaches to the bands of all variants. Without a value under the assumed behavior there is none. */
function widened<Figure extends Band | undefined>(
  assumed: Figure,
  bands: readonly ForecastBand[],
  name: Exclude<keyof ForecastBand, 'seeds'>,
): Figure {
  if (assumed === undefined) return assumed;
  const others = bands.flatMap((band) => band[name] ?? []);
  return {
    ...assumed,
    low: Math.min(assumed.low, ...others.map(({ low }) => low)),
    high: Math.max(assumed.high, ...others.map(({ high }) => high)),
    max: Math.max(assumed.max, ...others.map(({ max }) => max)),
  };
}
