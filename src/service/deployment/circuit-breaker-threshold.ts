/**
 * The failure threshold of the deployment circuit breaker: the number of task failures that are tolerated before it rolls a deployment back.
 */
export class CircuitBreakerThreshold {
  /**
   * A number of tasks.
   *
   * @param tasks a whole number of at least 1
   */
  public static count(tasks: number): CircuitBreakerThreshold {
    return new CircuitBreakerThreshold('COUNT', tasks);
  }

  /**
   * A percentage of the desired count, but at least 3 and at most 200 tasks.
   *
   * @param percent a whole number from 1 to 100
   */
  public static boundedPercent(percent: number): CircuitBreakerThreshold {
    return new CircuitBreakerThreshold('BOUNDED_PERCENT', percent);
  }

  /**
   * A percentage of the desired count, however few or many tasks these are.
   *
   * @param percent a whole number from 1 to 100
   */
  public static unboundedPercent(percent: number): CircuitBreakerThreshold {
    return new CircuitBreakerThreshold('UNBOUNDED_PERCENT', percent);
  }

  private constructor(
    /** @internal */
    public readonly _type: 'COUNT' | 'BOUNDED_PERCENT' | 'UNBOUNDED_PERCENT',

    /** @internal */
    public readonly _value: number,
  ) {}
}
