import { throwIfAny } from '../parse/input-error';
import { isJsonObject, parseJsonObject } from '../parse/json-fields';
import { applyOverrides } from '../parse/overrides';
import { AWS_BEHAVIOR, type AwsBehavior as Behavior } from '../scaling/aws-behavior';
import { AWS_BEHAVIOR_ALTERNATIVES, CAUTIOUS_AWS_BEHAVIOR } from '../scaling/behavior-alternatives';

/**
 * How AWS scales in the points that it does not document: delays of metrics, the size of a scale-in step, and so on.
 *
 * `ForecastOutcome.sensitivity` reports which of these settings affect a forecast.
 */
export class AwsBehavior {
  /**
   * What published logs and benchmarks show.
   */
  public static typical(): AwsBehavior {
    return new AwsBehavior(AWS_BEHAVIOR);
  }

  /**
   * The slower end of every range that is known: later metrics, more health checks, smaller steps.
   */
  public static cautious(): AwsBehavior {
    return new AwsBehavior(CAUTIOUS_AWS_BEHAVIOR);
  }

  /**
   * The typical behavior with some settings replaced, such as `{"scaleInStep": "proportional", "metricDelaySeconds": {"min": 30, "max": 90}}`.
   *
   * The keys are those of `behavior` in a scenario file and in the JSON of a forecast. Throws an error for each key that is unknown
   * and each value that is out of range.
   *
   * @param json a JSON object.
   */
  public static fromJson(json: string): AwsBehavior {
    const errors: string[] = [];
    const settings = parseJsonObject(json, 'behavior', '{"scaleInStep": "proportional"}');
    const behavior = applyOverrides(AWS_BEHAVIOR, settings, 'behavior', errors, AWS_BEHAVIOR_ALTERNATIVES);
    throwIfAny([...errors, ...behaviorErrors(behavior)]);
    return new AwsBehavior(behavior);
  }

  private constructor(private readonly behavior: Behavior) {}

  /**
   * @internal
   */
  public _behavior(): Behavior {
    return this.behavior;
  }
}

/** Returns an error for each setting that is out of range. */
function behaviorErrors(behavior: Behavior): string[] {
  const { initialHealthChecks } = behavior;
  const isCount = Number.isInteger(initialHealthChecks) && initialHealthChecks >= 1;
  return [
    ...(isCount ? [] : [`behavior.initialHealthChecks must be a whole number of at least 1, got ${initialHealthChecks}`]),
    ...Object.entries(behavior).flatMap(([name, value]: [string, unknown]) => rangeErrors(`behavior.${name}`, value)),
  ];
}

function rangeErrors(name: string, value: unknown): string[] {
  if (typeof value === 'number') return value >= 0 ? [] : [`${name} must be at least 0, got ${value}`];
  if (!isJsonObject(value)) return [];
  const range = value;
  const { min, max } = range;
  const isReversedRange = typeof min === 'number' && typeof max === 'number' && min > max;
  return [
    ...Object.entries(value).flatMap(([part, each]) => rangeErrors(`${name}.${part}`, each)),
    ...(isReversedRange ? [`${name}.min must be at most its max (${max}), got ${min}`] : []),
  ];
}
