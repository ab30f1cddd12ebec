import { CfnService, type FargateService } from 'aws-cdk-lib/aws-ecs';

/**
 * What becomes of CPU and memory every 20 seconds.
 */
export enum HighResolutionMetrics {
  /**
   * They are measured every minute.
   */
  OFF = 'OFF',

  /**
   * They are measured every 20 seconds, and scaling does not look at that yet: the first step for a service that runs already.
   */
  PUBLISHED = 'PUBLISHED',

  /**
   * They are measured every 20 seconds, and scaling follows that.
   */
  FOLLOWED = 'FOLLOWED',
}

const MONITORING = { MetricConfigurations: [{ MetricNames: ['CPUUtilization', 'MemoryUtilization'], ResolutionSeconds: 20 }] };

/** Has ECS publish the metrics (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/target-tracking-faster-auto-scaling.html). */
export function publishHighResolutionMetrics(service: FargateService, metrics: HighResolutionMetrics | undefined): void {
  const resource = service.node.defaultChild;
  if (metrics === undefined || metrics === HighResolutionMetrics.OFF || !CfnService.isCfnService(resource)) return;
  // the CDK has no name for it yet.
  resource.addPropertyOverride('Monitoring', MONITORING);
}
