import { InputError } from '../../src/parse/input-error';

/** An ECS service in an account. */
export interface ServiceName {
  readonly cluster: string;
  readonly name: string;
  /** Undefined for that of the environment. */
  readonly region?: string;
}

/** The characters of names in ECS. */
const NAMES = /^([\w-]{1,255})\/([\w-]{1,255})$/;
const ARN = /^arn:aws[\w-]*:ecs:([\w-]+):\d*:service\/([\w-]{1,255})\/([\w-]{1,255})$/;

/** Whether the value of `--service` is a service in an account, and not a logical ID of a template. */
export function isServiceName(text: string): boolean {
  return text.includes('/') || text.startsWith('arn:');
}

/** Reads `CLUSTER/NAME`, or the ARN of a service. */
export function parseServiceName(text: string): ServiceName {
  const [, region, clusterOfArn, nameOfArn] = ARN.exec(text) ?? [];
  if (region !== undefined) return { region, cluster: clusterOfArn!, name: nameOfArn! };
  const [, cluster, name] = NAMES.exec(text) ?? [];
  if (cluster !== undefined) return { cluster, name: name! };
  throw new InputError([`--service must be CLUSTER/NAME or the ARN of a service, such as shop/web, got '${text.slice(0, 300)}'`]);
}
