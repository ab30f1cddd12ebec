import { MathExpression, Metric, type MetricConfig, type MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';

/**
 * A metric that is computed from the same metric of several target groups.
 *
 * The CDK has a class for a metric and one for an expression, without a common one that has all methods. This is a metric to callers, and
 * renders as an expression.
 */
export class CombinedMetric extends Metric {
  public constructor(
    private readonly metrics: readonly Metric[],
    private readonly expression: (ids: readonly string[]) => string,
  ) {
    super(optionsOf(metrics[0]!));
  }

  public override with(options: MetricOptions): Metric {
    return new CombinedMetric(
      this.metrics.map((metric) => metric.with(options)),
      this.expression,
    );
  }

  public override toMetricConfig(): MetricConfig {
    const { metricName, statistic, label, color, period } = this;
    // unique ids, so that one graph can have several of these.
    const name = `${lowerCase(metricName)}_${statistic}`.replace(/\W/g, '_');
    const usingMetrics = Object.fromEntries(this.metrics.map((metric, index) => [`${name}_${index + 1}`, metric]));
    return new MathExpression({
      expression: this.expression(Object.keys(usingMetrics)),
      usingMetrics,
      label,
      color,
      period,
    }).toMetricConfig();
  }
}

function optionsOf({ namespace, metricName, dimensions, statistic, period, label, color, unit, region, account }: Metric) {
  return {
    namespace,
    metricName,
    dimensionsMap: dimensions as Record<string, string>,
    statistic,
    period,
    label,
    color,
    unit,
    region,
    account,
  };
}

function lowerCase(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
