import { type Duration, Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { formatDuration } from '../parse/durations';
import { throwIfAny } from '../parse/input-error';
import { type ValidationError, validationError } from '../parse/validation-error';
import { knownErrors, secondsOf, wholeNumberErrors } from '../service/prop-rules';
import { trafficSeconds } from '../traffic/traffic-phases';
import { MAX_TRAFFIC_SECONDS } from '../traffic/traffic-validation';
import { engineErrors } from './engine-validation';
import { surroundingsOf } from './load-test-place';
import type { LoadTestProps } from './load-test-props';
import { requestErrors } from './request-validation';
import { scriptErrors } from './script-validation';
import { isTargetUrl, targetUrlOf } from './target-url';

/**
 * Validates the props of a load test.
 *
 * @throws InputError with all errors of the props.
 */
export function validateLoadTest(scope: IConstruct, props: LoadTestProps): void {
  throwIfAny(
    [
      ...targetErrors(props),
      ...certificateErrors(props),
      ...trafficErrors(props),
      ...requestErrors(props),
      ...scriptErrors(props),
      ...engineErrors(props),
      ...durationErrors(props),
      ...thresholdErrors(props),
      ...nameErrors(props),
    ],
    scope.node.path,
  );
}

function targetErrors(props: LoadTestProps): ValidationError[] {
  if (props.target === undefined && props.url === undefined) return [validationError('target', 'be given, or url')];
  const url = targetUrlOf(props);
  return [
    ...(isTargetUrl(url) ? [] : [validationError('url', 'be a URL without a path, such as https://shop.example.com', `'${url}'`)]),
    ...(surroundingsOf(props) === undefined && props.vpc === undefined && props.cluster === undefined
      ? [validationError('vpc', 'be given, or cluster: only a target that is created in this app has both')]
      : []),
    ...(props.vpc !== undefined && props.cluster !== undefined && props.vpc.vpcId !== props.cluster.vpc.vpcId
      ? [validationError('vpc', 'be left out, or be the VPC of cluster', props.vpc.vpcId)]
      : []),
  ];
}

/** No certificate of a customer covers the names that AWS gives to load balancers. */
function certificateErrors(props: LoadTestProps): ValidationError[] {
  const name = surroundingsOf(props)?.ingress.loadBalancer.loadBalancerDnsName;
  if (name === undefined || props.verifyTlsCertificate === false || !targetUrlOf(props).startsWith(`https://${name}`)) return [];
  return [
    validationError('verifyTlsCertificate', 'be false, or target have a domainName: no certificate covers the name of its load balancer'),
  ];
}

function trafficErrors({ traffic, script, maxDuration }: LoadTestProps): ValidationError[] {
  if (traffic !== undefined && traffic._errors().length > 0) return traffic._errors().map((error) => `traffic: ${error}`);
  if (traffic !== undefined && [...traffic._traffic().phases].some((phase) => phase.requestsPerSecondBeside !== undefined))
    return [
      validationError('traffic', 'have users or requests per second at a time: create a second LoadTest for the requests per second'),
    ];
  if (traffic !== undefined) return [];
  if (script === undefined) return [validationError('traffic', 'be given, or a script with its own load')];
  return maxDuration === undefined ? [validationError('maxDuration', 'be given for a script without traffic')] : [];
}

/** The longest request: ECS stops no task earlier, and a load balancer closes an idle connection after 4,000 seconds at the latest. */
const MAX_REQUEST_SECONDS = 4000;

function durationErrors({ requestTimeout, maxDuration, traffic }: LoadTestProps): ValidationError[] {
  const seconds = traffic === undefined || traffic._errors().length > 0 ? 0 : trafficSeconds(traffic._traffic());
  const max = maxDuration?.isUnresolved() === true ? undefined : secondsOf(maxDuration);
  return [
    ...rangeErrors('requestTimeout', requestTimeout, 1, MAX_REQUEST_SECONDS),
    ...rangeErrors('maxDuration', maxDuration, 1, MAX_TRAFFIC_SECONDS),
    ...(max !== undefined && max < seconds
      ? [validationError('maxDuration', `be at least the ${formatDuration(seconds)} of the traffic`, formatDuration(max))]
      : []),
  ];
}

function rangeErrors(name: string, duration: Duration | undefined, min: number, max: number): ValidationError[] {
  if (duration === undefined) return [];
  if (duration.isUnresolved()) return [validationError(name, 'be known at synthesis', 'a token')];
  const seconds = secondsOf(duration);
  return seconds >= min && seconds <= max
    ? []
    : [validationError(name, `be from ${formatDuration(min)} to ${formatDuration(max)}`, formatDuration(seconds))];
}

function thresholdErrors({ thresholds }: LoadTestProps): ValidationError[] {
  if (thresholds === undefined) return [];
  const { maxFailedPercent, minRequests, ...durations } = thresholds;
  return [
    ...knownErrors({ 'thresholds.maxFailedPercent': maxFailedPercent, 'thresholds.minRequests': minRequests }),
    ...(maxFailedPercent === undefined || Token.isUnresolved(maxFailedPercent) || (maxFailedPercent >= 0 && maxFailedPercent <= 100)
      ? []
      : [validationError('thresholds.maxFailedPercent', 'be from 0 to 100', maxFailedPercent)]),
    ...wholeNumberErrors('thresholds.minRequests', minRequests, 1, Number.MAX_SAFE_INTEGER),
    ...Object.entries(durations).flatMap(([name, duration]) => positiveErrors(`thresholds.${name}`, duration)),
  ];
}

function positiveErrors(name: string, duration: Duration | undefined): ValidationError[] {
  if (duration === undefined) return [];
  if (duration.isUnresolved()) return [validationError(name, 'be known at synthesis', 'a token')];
  return duration.toMilliseconds({ integral: false }) > 0 ? [] : [validationError(name, 'be above 0', `${secondsOf(duration)} seconds`)];
}

/** What CloudWatch takes as the value of a dimension (https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_Dimension.html). */
const DIMENSION = /^(?!:)[\x20-\x7e]{1,255}$/;

function nameErrors({ loadTestName }: LoadTestProps): ValidationError[] {
  if (loadTestName === undefined || Token.isUnresolved(loadTestName) || DIMENSION.test(loadTestName)) return [];
  return [validationError('loadTestName', 'be 1 to 255 ASCII characters, and not begin with a colon', `'${loadTestName}'`)];
}
