import type { IMetric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import type { Connections } from 'aws-cdk-lib/aws-ec2';
import type { IPrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { IScalableStatelessService } from './scalable-stateless-service-interface';
import type { ServiceMetrics } from './service/observability/service-metrics';

/**
 * What a service made here and one made elsewhere have in common.
 *
 * @internal
 */
export abstract class ServiceBase extends Construct implements IScalableStatelessService {
  public abstract readonly url: string;
  public abstract readonly connections: Connections;
  public abstract readonly grantPrincipal: IPrincipal;

  /** @internal */
  protected abstract readonly _metrics: ServiceMetrics;

  public metricCpuUtilization(options?: MetricOptions): IMetric {
    return this._metrics.cpuUtilization(options);
  }

  public metricMemoryUtilization(options?: MetricOptions): IMetric {
    return this._metrics.memoryUtilization(options);
  }

  public metricRequests(options?: MetricOptions): IMetric {
    return this._metrics.requests(options);
  }

  public metricRequestsPerTask(options?: MetricOptions): IMetric {
    return this._metrics.requestsPerTask(options);
  }

  public metricServerErrors(options?: MetricOptions): IMetric {
    return this._metrics.serverErrors(options);
  }

  public metricResponseTime(options?: MetricOptions): IMetric {
    return this._metrics.responseTime(options);
  }

  public metricHealthyTasks(options?: MetricOptions): IMetric {
    return this._metrics.healthyTasks(options);
  }

  public metricUnhealthyTasks(options?: MetricOptions): IMetric {
    return this._metrics.unhealthyTasks(options);
  }
}
