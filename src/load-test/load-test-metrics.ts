import { Duration } from 'aws-cdk-lib';
import { Metric, type MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';

/** The namespace of the metrics of load tests. */
export const NAMESPACE = 'LoadTest';

/** The metrics of a load test, which CloudWatch reads in its log. Each run has one datapoint. */
export class LoadTestMetrics {
  public constructor(private readonly name: string) {}

  public requests(options?: MetricOptions): Metric {
    return this.metric('requests', { statistic: 'Sum', ...options });
  }

  public failedRequests(options?: MetricOptions): Metric {
    return this.metric('failedRequests', { statistic: 'Sum', ...options });
  }

  public failedPercent(options?: MetricOptions): Metric {
    return this.metric('failedPercent', { statistic: 'Maximum', ...options });
  }

  public responseTime(options?: MetricOptions): Metric {
    return this.metric('p95Milliseconds', { statistic: 'Maximum', ...options });
  }

  private metric(metricName: string, options: MetricOptions): Metric {
    return new Metric({
      namespace: NAMESPACE,
      metricName,
      dimensionsMap: { loadTest: this.name },
      period: Duration.minutes(5),
      ...options,
    });
  }
}
