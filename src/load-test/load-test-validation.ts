import type { IConstruct } from 'constructs';
import { throwIfAny } from '../parse/input-error';
import { type ValidationError, validationError } from '../parse/validation-error';
import { surroundingsOf } from './load-test-place';
import type { LoadTestProps } from './load-test-props';
import { isTargetUrl, targetUrlOf } from './target-url';

/**
 * Validates the props of a load test.
 *
 * @throws InputError with all errors of the props.
 */
export function validateLoadTest(scope: IConstruct, props: LoadTestProps): void {
  throwIfAny(loadTestErrors(props), scope.node.path);
}

function loadTestErrors(props: LoadTestProps): ValidationError[] {
  return [...targetErrors(props), ...loadErrors(props)];
}

function targetErrors(props: LoadTestProps): ValidationError[] {
  if (props.target === undefined && props.url === undefined) return [validationError('target', 'be given, or url')];
  const url = targetUrlOf(props);
  return [
    ...(isTargetUrl(url) ? [] : [validationError('url', 'be a URL without a path, such as https://shop.example.com', `'${url}'`)]),
    ...(surroundingsOf(props) === undefined && props.vpc === undefined && props.cluster === undefined
      ? [validationError('vpc', 'be given, or cluster, where target is no service of this app')]
      : []),
  ];
}

function loadErrors({ traffic, script, maxDuration, paths, requests }: LoadTestProps): ValidationError[] {
  return [
    ...(traffic?._errors() ?? []).map((error) => `traffic: ${error}`),
    ...(traffic === undefined && script === undefined ? [validationError('traffic', 'be given, or a script with its own load')] : []),
    ...(traffic === undefined && maxDuration === undefined
      ? [validationError('maxDuration', 'be given for a script without traffic')]
      : []),
    ...(script !== undefined && (paths ?? requests) !== undefined
      ? [validationError('script', 'be left out with paths or requests, which are sent without one')]
      : []),
  ];
}
