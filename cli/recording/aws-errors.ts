import { InputError } from '../../src/parse/input-error';

/** What the errors of the SDK and of AWS mean for the user, by their names. */
const MEANINGS: readonly { readonly name: RegExp; readonly text: (permission: string, error: Error) => string }[] = [
  {
    name: /^(CredentialsProviderError|TokenProviderError)$/,
    text: () =>
      'no AWS credentials were found: log in as for the AWS CLI, such as with aws sso login and AWS_PROFILE, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY',
  },
  {
    name: /^(ExpiredToken|ExpiredTokenException|InvalidClientTokenId|UnrecognizedClientException|SignatureDoesNotMatch|InvalidSignatureException|AuthFailure)/,
    text: (_, { name }) => `AWS did not accept the credentials (${name}): log in again`,
  },
  {
    name: /^(AccessDenied|AccessDeniedException|UnauthorizedOperation|NotAuthorized)/,
    text: (permission) => `the credentials do not permit ${permission}: record --print-iam-policy prints the policy that is needed`,
  },
  { name: /^ClusterNotFoundException$/, text: () => 'there is no such cluster in this account and region' },
  {
    name: /^(Throttling|ThrottlingException|TooManyRequestsException)/,
    text: () => 'AWS throttles the calls of this account: run the command again later, it goes on where it ended',
  },
];

/** The errors of a connection, by their codes. */
const CONNECTION_ERRORS = ['ECONNREFUSED', 'ENOTFOUND', 'ECONNRESET', 'ETIMEDOUT', 'EAI_AGAIN', 'EHOSTUNREACH'];

/** The error that a user can act on. Unknown errors of AWS are quoted in one line. */
export function awsInputError(permission: string, thrown: unknown): Error {
  if (!(thrown instanceof Error) || thrown instanceof InputError) return thrown as Error;
  if (/region is missing/i.test(thrown.message))
    return new InputError(['no AWS region is set: set AWS_REGION, or give --service as an ARN']);
  const meaning = MEANINGS.find(({ name }) => name.test(thrown.name));
  if (meaning !== undefined) return new InputError([meaning.text(permission, thrown)]);
  const code = connectionCode(thrown);
  if (code !== undefined) return new InputError([`AWS cannot be reached${endpointText()} (${code})`]);
  return '$fault' in thrown || '$metadata' in thrown
    ? new InputError([`${permission} failed: ${oneLine(`${thrown.name}: ${thrown.message}`)}`])
    : thrown;
}

function connectionCode(error: Error): string | undefined {
  const codes = [error, ...((error as AggregateError).errors ?? []), error.cause].map(
    (each) => (each as NodeJS.ErrnoException | undefined)?.code,
  );
  if (error.name === 'TimeoutError') return 'timeout';
  return codes.find((code) => code !== undefined && CONNECTION_ERRORS.includes(code));
}

function endpointText(): string {
  const { AWS_ENDPOINT_URL: url } = process.env;
  return url === undefined ? '' : ` at ${url}`;
}

const MAX_CHARACTERS = 200;

function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length <= MAX_CHARACTERS ? line : `${line.slice(0, MAX_CHARACTERS - 1)}…`;
}
