import { Token } from 'aws-cdk-lib';
import { type ValidationError, validationError } from '../parse/validation-error';
import { cpuErrors, taskSizeErrors } from '../plan/task-size';
import { wholeNumberErrors } from '../service/prop-rules';
import { MAX_USERS_OR_REQUESTS } from '../traffic/traffic-validation';
import type { LoadTestProps } from './load-test-props';

/** A tag of an image (https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests). */
const TAG = /^\w[\w.-]{0,127}$/;

/** The largest task of Fargate has 16 vCPUs. */
const MAX_WORKERS = 16;

/** Returns an error for each setting of the load generator and its task that is not possible. */
export function engineErrors({ engine, cpu, memoryLimitMiB }: LoadTestProps): ValidationError[] {
  const { image, version, buildImage, workers, maxVUs } = engine?._options ?? {};
  return [
    ...(image === undefined ? [] : imageErrors({ version, buildImage })),
    ...(version === undefined || Token.isUnresolved(version) || TAG.test(version)
      ? []
      : [validationError('engine.version', 'be the tag of an image, such as 2.47.0', `'${version}'`)]),
    ...knownWholeNumberErrors('engine.workers', workers, 1, MAX_WORKERS),
    ...knownWholeNumberErrors('engine.maxVUs', maxVUs, 1, MAX_USERS_OR_REQUESTS),
    ...sizeErrors(cpu, memoryLimitMiB),
  ];
}

function imageErrors(others: Readonly<Record<string, boolean | string | undefined>>): ValidationError[] {
  return Object.entries(others)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => validationError(`engine.${name}`, 'be left out with an image', value));
}

function knownWholeNumberErrors(name: string, value: number | undefined, min: number, max: number): ValidationError[] {
  return Token.isUnresolved(value) ? [validationError(name, 'be known at synthesis', 'a token')] : wholeNumberErrors(name, value, min, max);
}

function sizeErrors(cpu: number | undefined, memoryMiB: number | undefined): ValidationError[] {
  if (Token.isUnresolved(cpu) || Token.isUnresolved(memoryMiB)) return [];
  if (memoryMiB === undefined) return cpu === undefined ? [] : cpuErrors(cpu);
  return cpu === undefined
    ? [validationError('cpu', 'be given with memoryLimitMiB: which sizes are possible depends on it')]
    : taskSizeErrors({ cpu, memoryMiB });
}
