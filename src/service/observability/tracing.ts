import { ContainerImage } from 'aws-cdk-lib/aws-ecs';

/**
 * How traces get to AWS X-Ray.
 */
export interface XRayOptions {
  /**
   * The image of the OpenTelemetry collector.
   *
   * @default - that of the AWS Distro for OpenTelemetry in the public registry, which tasks in a network without a way to the Internet cannot
   * pull: give a copy in ECR there
   */
  readonly collectorImage?: ContainerImage;
}

/**
 * Where traces of the requests go.
 */
export class Tracing {
  /**
   * To AWS X-Ray, through an OpenTelemetry collector beside the container.
   *
   * The container finds it by the usual variable, `OTEL_EXPORTER_OTLP_ENDPOINT`. The collector has its share of the CPU and memory of the task.
   */
  public static xRay(options: XRayOptions = {}): Tracing {
    return new Tracing(options.collectorImage ?? ContainerImage.fromRegistry(COLLECTOR_IMAGE));
  }

  /** @internal */
  public readonly _collectorImage: ContainerImage;

  private constructor(collectorImage: ContainerImage) {
    this._collectorImage = collectorImage;
  }
}

const COLLECTOR_IMAGE = 'public.ecr.aws/aws-observability/aws-otel-collector:v0.43.3';
