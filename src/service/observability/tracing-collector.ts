import type { ContainerDefinitionOptions } from 'aws-cdk-lib/aws-ecs';
import { type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Tracing } from './observability-props';

/** The endpoint of the collector: OTLP over HTTP (https://opentelemetry.io/docs/specs/otlp/#otlphttp-default-port). */
const ENDPOINT = 'http://localhost:4318';

const ENDPOINT_VARIABLE = 'OTEL_EXPORTER_OTLP_ENDPOINT';
const NAME_VARIABLE = 'OTEL_SERVICE_NAME';

/** The names of the environment variables that tracing adds. */
export const TRACING_VARIABLES = [ENDPOINT_VARIABLE, NAME_VARIABLE];

/** The environment variables that configure the OpenTelemetry SDK of the container. */
export function tracingEnvironment(tracing: Tracing | undefined, serviceName: string): Record<string, string> {
  return tracing === undefined ? {} : { [ENDPOINT_VARIABLE]: ENDPOINT, [NAME_VARIABLE]: serviceName };
}

/** The collector, as a sidecar. It is not essential: the task continues without it. */
export function collectorOf(tracing: Tracing | undefined): Record<string, ContainerDefinitionOptions> {
  if (tracing === undefined) return {};
  return {
    collector: {
      image: tracing._collectorImage,
      // a configuration file that is bundled with its image.
      command: ['--config=/etc/ecs/ecs-xray.yaml'],
      essential: false,
      readonlyRootFilesystem: true,
    },
  };
}

/** Allows the collector to send traces. The actions of X-Ray have no resource level. */
export function allowTracing(role: IGrantable): void {
  role.grantPrincipal.addToPrincipalPolicy(
    new PolicyStatement({
      actions: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords', 'xray:GetSamplingRules', 'xray:GetSamplingTargets'],
      resources: ['*'],
    }),
  );
}
