import type { IApiCall, IntegTest } from '@aws-cdk/integ-tests-alpha';
import { Duration } from 'aws-cdk-lib';
import { type WaitOptions, withDefaults } from './call-with-expectation';

/** A request to the service, and its response. */
export interface ResponseOptions extends WaitOptions {
  /**
   * The status code of the response.
   *
   * @default 200
   */
  readonly status?: number;

  /**
   * Fields of a JSON response. The response is then requested with GET, and must be shorter than 3,000 bytes: CloudFormation accepts no more.
   *
   * @default - the response is requested with HEAD, and its body is not read
   */
  readonly body?: Readonly<Record<string, unknown>>;
}

/** A new DNS name takes a while to propagate. */
const UNTIL_THE_NAME_IS_KNOWN = Duration.minutes(10);

/** Sends requests to a URL until the response is as expected. */
export function expectResponse(integ: IntegTest, url: string, { status = 200, body, ...wait }: ResponseOptions = {}): IApiCall {
  const expected = { status, ...(body && { body }) };
  return integ.assertions
    .httpApiCall(url, { method: body ? 'GET' : 'HEAD' })
    .expect({ result: JSON.stringify({ $ObjectLike: expected }) })
    .waitForAssertions(withDefaults({ timeout: UNTIL_THE_NAME_IS_KNOWN, ...wait }));
}
