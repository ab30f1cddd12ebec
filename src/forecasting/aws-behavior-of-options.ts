import { AWS_BEHAVIOR, type AwsBehavior, type Range } from '../scaling/aws-behavior';
import type { AwsBehaviorOptions } from './aws-behavior-options';
import { inSeconds } from './duration-in-seconds';
import type { DurationRange } from './duration-range';

/** What the options say of AWS, with the defaults for what they leave out. */
export function awsBehaviorOf(options: AwsBehaviorOptions): AwsBehavior {
  const { metricDelay, highResolutionDelay, unfulfilledAfter, ...settings } = options;
  return {
    ...AWS_BEHAVIOR,
    ...given(settings),
    ...(metricDelay === undefined ? {} : { metricDelaySeconds: rangeOf(metricDelay) }),
    ...(highResolutionDelay === undefined ? {} : { highResolutionDelaySeconds: rangeOf(highResolutionDelay) }),
    ...(unfulfilledAfter === undefined ? {} : { unfulfilledAfterSeconds: inSeconds(unfulfilledAfter) }),
  };
}

/** Returns one sentence for each setting that AWS cannot have. */
export function awsBehaviorMistakes({ initialHealthChecks, metricDelay, highResolutionDelay }: AwsBehaviorOptions): string[] {
  const isCount = initialHealthChecks === undefined || (Number.isInteger(initialHealthChecks) && initialHealthChecks >= 1);
  return [
    ...(isCount ? [] : [`initialHealthChecks must be a whole number of at least 1, got ${initialHealthChecks}`]),
    ...rangeMistakes('metricDelay', metricDelay),
    ...rangeMistakes('highResolutionDelay', highResolutionDelay),
  ];
}

/** What is left out in another language is undefined here. */
function given(settings: Partial<AwsBehavior>): Partial<AwsBehavior> {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
}

function rangeOf({ least, most }: DurationRange): Range {
  return { least: inSeconds(least), most: inSeconds(most) };
}

function rangeMistakes(name: string, range: DurationRange | undefined): string[] {
  if (range === undefined) return [];
  const { least, most } = rangeOf(range);
  return least <= most ? [] : [`${name} must go from less to more, got ${least} to ${most} seconds`];
}
