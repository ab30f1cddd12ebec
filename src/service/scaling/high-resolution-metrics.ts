import { CfnService, type FargateService } from 'aws-cdk-lib/aws-ecs';

/**
 * Whether ECS publishes CPU and memory utilization every 20 seconds, and whether scaling uses them.
 */
export enum HighResolutionMetrics {
  /**
   * ECS publishes them every minute.
   */
  OFF = 'OFF',

  /**
   * ECS publishes them every 20 seconds; scaling does not use them. The first step for a service that is already deployed.
   */
  PUBLISH_ONLY = 'PUBLISH_ONLY',

  /**
   * ECS publishes them every 20 seconds, and scaling uses them.
   */
  PUBLISH_AND_SCALE = 'PUBLISH_AND_SCALE',
}

const MONITORING = { MetricConfigurations: [{ MetricNames: ['CPUUtilization', 'MemoryUtilization'], ResolutionSeconds: 20 }] };

/** Configures ECS to publish the metrics (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/target-tracking-faster-auto-scaling.html). */
export function publishHighResolutionMetrics(service: FargateService, metrics: HighResolutionMetrics | undefined): void {
  const resource = service.node.defaultChild;
  if (metrics === undefined || metrics === HighResolutionMetrics.OFF || !CfnService.isCfnService(resource)) return;
  // the CDK does not support the property yet.
  resource.addPropertyOverride('Monitoring', MONITORING);
}
