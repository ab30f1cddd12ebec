import type { AwsApiCall, ExpectedResult, IApiCall, IntegTest } from '@aws-cdk/integ-tests-alpha';
import { Duration } from 'aws-cdk-lib';
import { removeRepeatedStatements } from './role-statements';

/** An API call, and the one value of its response that is read. */
export interface ApiCallOptions {
  /** The service, by the name of its client in the AWS SDK for JavaScript, such as `ecs` or `application-auto-scaling`. */
  readonly service: string;

  /** The operation, such as `describeServices`. */
  readonly api: string;

  /** The input of the operation. */
  readonly parameters: Readonly<Record<string, unknown>>;

  /**
   * The path of one value in the response, with the index of each list element, such as `services.0.desiredCount`.
   *
   * CloudFormation accepts at most 4,096 bytes of a custom resource, and a whole response is often longer: only this value is returned.
   */
  readonly path: string;

  /** Actions that the caller needs besides the operation itself, by the ARNs of their resources. */
  readonly alsoAllow?: readonly Permission[];
}

/** Actions that are allowed on resources. */
export interface Permission {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

/** How long an expectation is waited for. */
export interface WaitOptions {
  /**
   * The longest time until the expectation must be met.
   *
   * @default - five minutes
   */
  readonly timeout?: Duration;

  /**
   * The time between two calls. The timeout must be a multiple of it.
   *
   * @default - ten seconds
   */
  readonly interval?: Duration;
}

/** Calls an API once, and expects a value of its response. */
export function expectAtPath(integ: IntegTest, call: ApiCallOptions, expected: ExpectedResult): IApiCall {
  return apiCall(integ, call).assertAtPath(call.path, expected);
}

/** Calls an API until a value of its response is as expected, and fails after the timeout. */
export function waitForValue(integ: IntegTest, call: ApiCallOptions, expected: ExpectedResult, options: WaitOptions = {}): IApiCall {
  const waiting = apiCall(integ, call).assertAtPath(call.path, expected).waitForAssertions(withDefaults(options)) as AwsApiCall;
  for (const permission of call.alsoAllow ?? []) waiting.waiterProvider?.addToRolePolicy(statementOf(permission));
  removeRepeatedStatements(waiting);
  return waiting;
}

/** A call, and the values that it returns at the paths. */
export interface CalledValues {
  readonly call: IApiCall;
  readonly values: readonly string[];
}

/** Calls an API once, expecting nothing, and returns values of its response, for calls that come later. */
export function callForValues(integ: IntegTest, options: Omit<ApiCallOptions, 'path'>, ...paths: readonly string[]): CalledValues {
  const call = apiCall(integ, options);
  return { call, values: paths.map((path) => call.getAttString(path)) };
}

function apiCall(integ: IntegTest, { service, api, parameters, alsoAllow = [] }: Omit<ApiCallOptions, 'path'>): AwsApiCall {
  const call = integ.assertions.awsApiCall(service, api, parameters) as AwsApiCall;
  for (const permission of alsoAllow) call.provider.addToRolePolicy(statementOf(permission));
  removeRepeatedStatements(call);
  return call;
}

/** The timeout and the interval, each with its default. */
export function withDefaults({ timeout = Duration.minutes(5), interval = Duration.seconds(10) }: WaitOptions) {
  return { totalTimeout: timeout, interval };
}

function statementOf({ actions, resources }: Permission) {
  return { Effect: 'Allow', Action: actions, Resource: resources };
}
