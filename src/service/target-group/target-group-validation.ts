import { Token } from 'aws-cdk-lib';
import { ApplicationProtocolVersion, Protocol, TargetGroupLoadBalancingAlgorithmType } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { type ValidationError, validationError } from '../../parse/validation-error';
import { nameErrors, SECONDS_PER_WEEK, secondsOf, wholeNumberErrors } from '../prop-rules';
import type { HealthCheckOptions, TargetGroupProps } from './target-group-props';

const { ROUND_ROBIN, WEIGHTED_RANDOM } = TargetGroupLoadBalancingAlgorithmType;

/**
 * Returns an error for each rule of a target group that the props break.
 *
 * The ranges are those of https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html
 */
export function targetGroupErrors(props: TargetGroupProps): ValidationError[] {
  return [
    ...wholeNumberErrors('deregistrationDelay', secondsOf(props.deregistrationDelay), 0, 3600, 'seconds'),
    ...wholeNumberErrors('slowStart', secondsOf(props.slowStart), 30, 900, 'seconds'),
    ...wholeNumberErrors('stickinessCookieDuration', secondsOf(props.stickinessCookieDuration), 1, SECONDS_PER_WEEK, 'seconds'),
    ...routingErrors(props),
    ...healthCheckErrors(props.healthCheck ?? {}),
    ...codeErrors(props),
    ...nameErrors('targetGroupName', props.targetGroupName),
  ];
}

function routingErrors({ loadBalancingAlgorithm = ROUND_ROBIN, slowStart, enableAnomalyMitigation }: TargetGroupProps): ValidationError[] {
  return [
    ...(slowStart !== undefined && loadBalancingAlgorithm !== ROUND_ROBIN
      ? [validationError('loadBalancingAlgorithm', `be ${ROUND_ROBIN} beside slowStart`, loadBalancingAlgorithm)]
      : []),
    ...(enableAnomalyMitigation === true && loadBalancingAlgorithm !== WEIGHTED_RANDOM
      ? [validationError('loadBalancingAlgorithm', `be ${WEIGHTED_RANDOM} beside enableAnomalyMitigation`, loadBalancingAlgorithm)]
      : []),
  ];
}

const PORT = /^\d{1,5}$/;
const MAX_PORT = 65_535;

function healthCheckErrors({ port, protocol }: HealthCheckOptions): ValidationError[] {
  const isPort = port === undefined || Token.isUnresolved(port) || (PORT.test(port) && Number(port) >= 1 && Number(port) <= MAX_PORT);
  const isProtocol = protocol === undefined || protocol === Protocol.HTTP || protocol === Protocol.HTTPS;
  return [
    ...(isPort ? [] : [validationError('healthCheck.port', `be a whole number from 1 to ${MAX_PORT}, or be left out`, `'${port}'`)]),
    ...(isProtocol ? [] : [validationError('healthCheck.protocol', 'be Protocol.HTTP or Protocol.HTTPS', protocol)]),
  ];
}

/** A gRPC health check calls a method and expects a gRPC code; any other gets a path and expects an HTTP status. */
function codeErrors({ healthCheck = {}, protocolVersion }: TargetGroupProps): ValidationError[] {
  const { path, healthyHttpCodes, healthyGrpcCodes } = healthCheck;
  if (protocolVersion !== ApplicationProtocolVersion.GRPC) {
    return [
      ...(healthyGrpcCodes === undefined
        ? []
        : [validationError('protocolVersion', 'be ApplicationProtocolVersion.GRPC beside healthCheck.healthyGrpcCodes', protocolVersion)]),
      ...codeListErrors('healthyHttpCodes', healthyHttpCodes, 200, 499),
    ];
  }
  return [
    ...(healthyHttpCodes === undefined
      ? []
      : [validationError('healthCheck.healthyHttpCodes', 'be left out with gRPC: use healthyGrpcCodes', `'${healthyHttpCodes}'`)]),
    ...(path === undefined || Token.isUnresolved(path) || GRPC_METHOD.test(path)
      ? []
      : [validationError('healthCheck.path', 'be a method with gRPC, such as /grpc.health.v1.Health/Check', `'${path}'`)]),
    ...codeListErrors('healthyGrpcCodes', healthyGrpcCodes, 0, 99),
  ];
}

const GRPC_METHOD = /^\/[\w.]+\/\w+$/;
const CODES = /^\d{1,3}(-\d{1,3})?(,\d{1,3}(-\d{1,3})?)*$/;

function codeListErrors(
  name: 'healthyHttpCodes' | 'healthyGrpcCodes',
  codes: string | undefined,
  min: number,
  max: number,
): ValidationError[] {
  if (codes === undefined || Token.isUnresolved(codes)) return [];
  const numbers = codes.split(/[,-]/).map(Number);
  if (CODES.test(codes) && numbers.every((code) => code >= min && code <= max)) return [];
  return [
    validationError(`healthCheck.${name}`, `be codes from ${min} to ${max}, such as '${min},${min + 2}' or '${min}-${max}'`, `'${codes}'`),
  ];
}
