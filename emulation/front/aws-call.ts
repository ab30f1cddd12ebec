/** A value of an AWS API: what JSON has, timestamps, and the bytes of blobs. */
export type AwsValue = string | number | boolean | null | undefined | Date | Uint8Array | readonly AwsValue[] | AwsObject;

/** The input or the output of an operation, or a structure in it. */
export interface AwsObject {
  readonly [name: string]: AwsValue;
}

/** The services whose calls are read; those of all others are passed on as they are. The names are those that requests are signed for. */
export type EmulatedService = 'ecs' | 'application-autoscaling' | 'elasticloadbalancing' | 'monitoring';

/** A call of an operation of AWS. */
export interface AwsCall {
  readonly service: EmulatedService;
  /** Such as `DescribeServices`. */
  readonly operation: string;
  readonly region: string;
  readonly input: AwsObject;
}

/**
 * What answers a call.
 *
 * @param passOn sends the call to the control plane as it is, and returns its output.
 * @throws RefusedCall if the control plane refuses the call, AwsError if the operation itself does.
 */
export type Operation = (call: AwsCall, passOn: () => Promise<AwsObject>) => Promise<AwsObject>;

/** The operations that are more than passed on, by service and name: `ecs DescribeServices`. */
export type Operations = Readonly<Record<string, Operation>>;

/** An error of an operation, as AWS names it. */
export class AwsError extends Error {
  public constructor(
    /** Such as `ServiceNotFoundException`. */
    public readonly code: string,
    message: string,
    public readonly statusCode = 400,
  ) {
    super(message);
  }
}

/** An HTTP response of the control plane. */
export interface Reply {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

/** The control plane has refused a call. The client gets its reply as it is. */
export class RefusedCall extends Error {
  public constructor(public readonly reply: Reply) {
    super(`the control plane responded ${reply.statusCode}: ${reply.body.toString('utf8').slice(0, 500)}`);
  }
}

/** A structure of an input or output; an empty one if the value is none. */
export function structure(value: AwsValue): AwsObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date) && !(value instanceof Uint8Array)
    ? (value as AwsObject)
    : {};
}

/** A list of an input or output; an empty one if the value is none. */
export function list(value: AwsValue): readonly AwsValue[] {
  return Array.isArray(value) ? value : [];
}

/** The structures of a list. */
export function structures(value: AwsValue): readonly AwsObject[] {
  return list(value).map(structure);
}

/** The strings of a list. */
export function strings(value: AwsValue): readonly string[] {
  return list(value).map(String);
}

/** A string; undefined if there is no value. */
export function text(value: AwsValue): string | undefined {
  return value === undefined || value === null || value === '' ? undefined : String(value);
}

/** A number, which the query protocol writes as text; undefined if there is none. */
export function number(value: AwsValue): number | undefined {
  const written = text(value);
  const parsed = Number(written);
  return written === undefined || !Number.isFinite(parsed) ? undefined : parsed;
}

/** A timestamp: a date, seconds since 1970, or ISO 8601; undefined if there is none. */
export function timestamp(value: AwsValue): Date | undefined {
  if (value instanceof Date) return value;
  if (value === undefined || value === null || value === '') return undefined;
  const seconds = Number(value);
  const date = Number.isFinite(seconds) ? new Date(seconds * 1000) : new Date(String(value));
  return Number.isNaN(date.getTime()) ? undefined : date;
}
