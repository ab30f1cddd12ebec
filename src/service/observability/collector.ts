import type { ContainerDefinitionOptions } from 'aws-cdk-lib/aws-ecs';
import { type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Tracing } from './tracing';

/** Where a collector beside the container takes traces: OTLP over HTTP (https://opentelemetry.io/docs/specs/otlp/#otlphttp-default-port). */
const ENDPOINT = 'http://localhost:4318';

/** What tells the container that its traces are wanted, and where. */
export function tracingEnvironment(tracing: Tracing | undefined, serviceName: string): Record<string, string> {
  return tracing === undefined ? {} : { OTEL_EXPORTER_OTLP_ENDPOINT: ENDPOINT, OTEL_SERVICE_NAME: serviceName };
}

/** The collector, as a sidecar. A task serves on without it. */
export function collectorOf(tracing: Tracing | undefined): Record<string, ContainerDefinitionOptions> {
  if (tracing === undefined) return {};
  return {
    collector: {
      image: tracing._collectorImage,
      // a configuration that its image brings along.
      command: ['--config=/etc/ecs/ecs-xray.yaml'],
      essential: false,
      readonlyRootFilesystem: true,
    },
  };
}

/** Lets the collector hand traces over, which X-Ray knows no resources for. */
export function allowTracing(role: IGrantable): void {
  role.grantPrincipal.addToPrincipalPolicy(
    new PolicyStatement({
      actions: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords', 'xray:GetSamplingRules', 'xray:GetSamplingTargets'],
      resources: ['*'],
    }),
  );
}
