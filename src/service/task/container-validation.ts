import { Token } from 'aws-cdk-lib';
import { UlimitName } from 'aws-cdk-lib/aws-ecs';
import { type ValidationError, validationError } from '../../parse/validation-error';
import { DEFAULTS } from '../../plan/default-plan';
import type { ObservabilityProps } from '../observability/observability-props';
import { collectorOf } from '../observability/tracing-collector';
import { secondsOf, wholeNumberErrors } from '../prop-rules';
import type { ContainerProps } from './container-props';
import { LOG_ROUTER_NAME, usesLogRouter } from './log-router';
import { CONTAINER_NAME } from './serving-container';
import type { TaskProps } from './task-props';

/** Returns an error for each rule of the container that the props break, besides those of a plan. */
export function containerErrors(props: TaskProps & ObservabilityProps): ValidationError[] {
  return [
    ...wholeNumberErrors('stopTimeout', secondsOf(props.stopTimeout), 2, 120, 'seconds'),
    ...drainingErrors(props),
    ...variableErrors(props),
    ...commandErrors(props),
    ...containerHealthCheckErrors(props),
    ...ulimitErrors(props),
    ...logErrors(props),
  ];
}

/** The reference search service continues to serve for `DRAIN_SECONDS` after SIGTERM. */
function drainingErrors({ environment, stopTimeout }: ContainerProps): ValidationError[] {
  const drainSeconds = Number(environment?.['DRAIN_SECONDS']);
  const stopSeconds = secondsOf(stopTimeout) ?? DEFAULTS.stopTimeoutSeconds;
  return stopSeconds > drainSeconds || !Number.isFinite(drainSeconds) || Token.isUnresolved(stopSeconds)
    ? []
    : [
        validationError(
          'stopTimeout',
          ['be above ', { path: 'environment.DRAIN_SECONDS', value: drainSeconds }, ', for which the container continues to serve'],
          stopSeconds,
        ),
      ];
}

/** The number of environment files that a container may have. */
const MAX_FILES = 10;

function variableErrors({ environment = {}, secrets = {}, environmentFiles = [] }: ContainerProps): ValidationError[] {
  const names = Object.keys(secrets).filter((name) => name in environment);
  return [
    ...names.map((name) => validationError('secrets', 'have other names than environment', `${name} in both`)),
    ...(environmentFiles.length > MAX_FILES
      ? [validationError('environmentFiles', `be at most ${MAX_FILES} files`, environmentFiles.length)]
      : []),
  ];
}

function commandErrors({ command, entryPoint, workingDirectory }: ContainerProps): ValidationError[] {
  const empty = Object.entries({ command, entryPoint }).filter(([, parts]) => parts?.length === 0);
  return [
    ...empty.map(([name]) => validationError(name, 'have at least one argument, or be left out')),
    ...(workingDirectory === undefined || Token.isUnresolved(workingDirectory) || workingDirectory.startsWith('/')
      ? []
      : [validationError('workingDirectory', 'be an absolute path, such as /app', `'${workingDirectory}'`)]),
  ];
}

/** The ranges are those of https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html */
function containerHealthCheckErrors({ containerHealthCheck }: ContainerProps): ValidationError[] {
  if (containerHealthCheck === undefined) return [];
  const { command, interval, timeout, retries, startPeriod } = containerHealthCheck;
  const [intervalSeconds, timeoutSeconds] = [secondsOf(interval), secondsOf(timeout)];
  return [
    ...(command.length === 0
      ? [validationError('containerHealthCheck.command', "be a command, such as ['CMD-SHELL', 'curl -f http://localhost:8080/health']")]
      : []),
    ...wholeNumberErrors('containerHealthCheck.interval', intervalSeconds, 5, 300, 'seconds'),
    ...wholeNumberErrors('containerHealthCheck.timeout', timeoutSeconds, 2, 120, 'seconds'),
    ...wholeNumberErrors('containerHealthCheck.retries', retries, 1, 10),
    ...wholeNumberErrors('containerHealthCheck.startPeriod', secondsOf(startPeriod), 0, 300, 'seconds'),
    ...(intervalSeconds !== undefined && timeoutSeconds !== undefined && timeoutSeconds > intervalSeconds
      ? [
          validationError(
            'containerHealthCheck.timeout',
            ['be at most ', { path: 'containerHealthCheck.interval', value: `${intervalSeconds} seconds` }],
            `${timeoutSeconds} seconds`,
          ),
        ]
      : []),
  ];
}

function ulimitErrors({ ulimits = [] }: ContainerProps): ValidationError[] {
  return ulimits.flatMap(({ name, softLimit, hardLimit }) => [
    ...(name === UlimitName.NOFILE
      ? []
      : [
          validationError('ulimits', 'be UlimitName.NOFILE only: Fargate sets all other limits itself', `UlimitName.${name.toUpperCase()}`),
        ]),
    ...(Token.isUnresolved(softLimit) || Token.isUnresolved(hardLimit) || softLimit <= hardLimit
      ? []
      : [validationError('ulimits', `have a softLimit of at most the hardLimit (${hardLimit})`, softLimit)]),
  ]);
}

function logErrors(props: TaskProps & ObservabilityProps): ValidationError[] {
  const { logDriver, logRouter, tracing, sidecars = {} } = props;
  const taken = [CONTAINER_NAME, ...(usesLogRouter(props) ? [LOG_ROUTER_NAME] : []), ...Object.keys(collectorOf(tracing))].filter(
    (name) => name in sidecars,
  );
  return [
    ...taken.map((name) => validationError('sidecars', `not be named ${name}, as ${nameOwner(name)} is`, 'one')),
    ...(logRouter !== undefined && !usesLogRouter(props)
      ? [validationError('logDriver', 'be LogDrivers.firelens() beside logRouter', logDriver === undefined ? undefined : 'another')]
      : []),
  ];
}

function nameOwner(name: string): string {
  if (name === CONTAINER_NAME) return 'the container';
  return name === LOG_ROUTER_NAME ? 'the log router' : 'the collector of tracing';
}
