import { InputError } from '../../src/parse/input-error';
import { printableText } from '../../src/parse/printable-text';
import type { AwsAction } from './aws-actions';

/** An error of the AWS SDK. Not all members are there for each. */
interface SdkError {
  readonly name?: string;
  readonly message?: string;
  readonly code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

/** The service does not exist. The reader of the service says which there are. */
export class NotFoundError extends InputError {
  public constructor(action: AwsAction) {
    super([`${action} finds nothing: was the service deleted a moment ago?`]);
  }
}

const EXPIRED = ['ExpiredToken', 'ExpiredTokenException', 'TokenRefreshRequired', 'RequestExpired'];
const DENIED = ['AccessDenied', 'AccessDeniedException', 'AuthorizationError', 'UnauthorizedOperation'];
const INVALID = [
  ...['UnrecognizedClientException', 'InvalidClientTokenId', 'InvalidSignatureException', 'SignatureDoesNotMatch', 'InvalidAccessKeyId'],
  ...['AuthFailure', 'MissingAuthenticationToken', 'MissingAuthenticationTokenException', 'IncompleteSignature'],
];
const THROTTLED = ['ThrottlingException', 'Throttling', 'RequestLimitExceeded', 'TooManyRequestsException'];
const NOT_FOUND = ['ClusterNotFoundException', 'ServiceNotFoundException'];
const UNREACHABLE = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ECONNRESET', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH'];

/** What was called, where, and with which profile. */
export interface FailedCall {
  readonly action: AwsAction;
  readonly region?: string;
  readonly profile?: string;
}

/** A kind of error: how it is recognized, and what it means. The first that is recognized is used. */
interface ErrorKind {
  readonly is: (error: Required<Pick<SdkError, 'name' | 'message' | 'code'>>) => boolean;
  readonly text: (call: FailedCall & { readonly place: string }) => string;
}

const ERROR_KINDS: readonly ErrorKind[] = [
  {
    is: ({ message }) => /region is missing/i.test(message),
    text: () => 'no region is known: give --region, such as --region eu-west-1, or set AWS_REGION',
  },
  {
    is: ({ name, message }) => EXPIRED.includes(name) || /expired/i.test(message),
    text: () => 'the credentials of AWS have expired: log in again, such as with aws sso login',
  },
  {
    is: ({ name, message }) => name === 'CredentialsProviderError' || /could not (load|resolve) credentials/i.test(message),
    text: ({ profile }) => noCredentials(profile),
  },
  {
    is: ({ name }) => DENIED.includes(name),
    text: ({ action, place }) => `${action} is not allowed for this identity${place}: allow the actions that --print-iam-policy prints`,
  },
  {
    is: ({ name }) => INVALID.includes(name),
    text: ({ place }) => `AWS does not accept the credentials${place}: check --profile, AWS_PROFILE or the access key`,
  },
  {
    is: ({ name }) => THROTTLED.includes(name),
    text: ({ action, place }) => `AWS limits the calls of ${action}${place}: try again in a minute`,
  },
  {
    is: ({ code, message }) => UNREACHABLE.some((each) => code === each || message.includes(each)),
    text: ({ action, place }) => `the endpoint of ${action}${place} cannot be reached: check --region, AWS_ENDPOINT_URL and the network`,
  },
];

/** What an error of a call means, and what to do, as an error of the input. No part of the credentials is in it. */
export function awsCallError(error: unknown, call: FailedCall): Error {
  const { name = '', message = '', code = '', $metadata } = error as SdkError;
  if (NOT_FOUND.includes(name)) return new NotFoundError(call.action);
  const { action, region } = call;
  const place = region === undefined ? '' : ` in ${region}`;
  const kind = ERROR_KINDS.find(({ is }) => is({ name, message, code }));
  if (kind !== undefined) return new InputError([kind.text({ ...call, place })]);
  const status = $metadata?.httpStatusCode;
  return new InputError([
    `${action} failed${place} with ${printableText(name || 'an error')}${status === undefined ? '' : ` (status ${status})`}`,
  ]);
}

function noCredentials(profile: string | undefined): string {
  return profile === undefined
    ? 'no credentials of AWS were found: give --profile, or set AWS_PROFILE or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY'
    : `no credentials of AWS were found in the profile '${printableText(profile)}': check --profile or AWS_PROFILE, or log in with aws sso login`;
}
