import shapes from './response-shapes.json';

type Shape =
  | number
  | null
  | { readonly members: Readonly<Record<string, string>> }
  | { readonly list: string; readonly keys?: readonly string[] }
  | { readonly map: string };

interface Service {
  readonly operations: Readonly<Record<string, string>>;
  readonly shapes: Readonly<Record<string, Shape>>;
}

const SERVICES = shapes.services as unknown as Readonly<Record<string, Service>>;

/**
 * The greatest length of texts for which the model of the API has none, by service and name of the field.
 *
 * An ARN of a task has the partition, the Region, the account, the cluster's name of at most 255 characters, and 32 hexadecimal digits. The cause of a scaling
 * activity names an alarm and a policy, of at most 255 characters each. A DNS name has at most 253.
 */
const LENGTHS: Readonly<Record<string, number>> = {
  'ecs taskArns': 350,
  'ecs taskArn': 350,
  'ecs lastStatus': 20,
  'ecs desiredStatus': 20,
  'ecs status': 20,
  'ecs stoppedReason': 1024,
  'application-auto-scaling Description': 100,
  'application-auto-scaling Cause': 600,
  'application-auto-scaling PolicyName': 256,
  'elastic-load-balancing-v2 Id': 253,
  'elastic-load-balancing-v2 Value': 32,
};

/** How long the value of each path can become: a limit without a value is one that no one has documented. */
export type Sizes = ReadonlyMap<string, number>;

/**
 * The values that a call returns to CloudFormation, each with its greatest length: those whose path begins with one of the given paths, or the whole response.
 *
 * @throws when a length has no limit: a list without an index, a text of any length, or an unknown operation.
 */
export function returnedValues(service: string, operation: string, paths: readonly string[] | undefined): Sizes {
  const model = SERVICES[service];
  if (!model) throw new Error(`no response shapes of ${service}: add it to FOLDERS in test/integ/write-response-shapes.mjs`);
  const output = model.operations[operation.toLowerCase()];
  if (output === undefined) throw new Error(`${service} has no operation ${operation} with a response`);
  const asked = paths ?? [''];
  return new Map(asked.flatMap((path) => leavesBelow(service, model, output, path === '' ? [] : path.split('.'))));
}

/** All values below a path. A path that ends in the middle of a structure returns all of it. */
function leavesBelow(
  service: string,
  model: Service,
  name: string,
  path: readonly string[],
  prefix: readonly string[] = [],
): [string, number][] {
  const shape = model.shapes[name];
  const [next, ...rest] = path;
  if (shape === undefined || shape === null || typeof shape === 'number') return [leaf(service, shape ?? null, prefix, path)];
  if ('members' in shape) {
    const members = next === undefined ? Object.keys(shape.members) : [next];
    return members.flatMap((member) => {
      const type = shape.members[member];
      if (type === undefined) throw new Error(`${service}: no value at ${[...prefix, member].join('.')}`);
      return leavesBelow(service, model, type, rest, [...prefix, member]);
    });
  }
  if ('list' in shape) return elements(service, model, shape, path, prefix);
  throw new Error(`${service}: ${prefix.join('.')} is a map of any number of values`);
}

function elements(
  service: string,
  model: Service,
  { list, keys }: { list: string; keys?: readonly string[] },
  path: readonly string[],
  prefix: readonly string[],
) {
  const [index, ...rest] = path;
  if (index !== undefined) {
    if (!/^\d+$/.test(index)) throw new Error(`${service}: ${prefix.join('.')} is a list, and ${index} is no index`);
    return leavesBelow(service, model, list, rest, [...prefix, index]);
  }
  if (!keys) throw new Error(`${service}: ${prefix.join('.')} is a list of any length: name an index`);
  return keys.flatMap((key, position): [string, number][] => {
    const at = [...prefix, String(position)].join('.');
    return [
      [`${at}.Key`, key.length],
      [`${at}.Value`, LENGTHS[`${service} Value`]!],
    ];
  });
}

function leaf(service: string, length: number | null, prefix: readonly string[], rest: readonly string[]): [string, number] {
  const path = prefix.join('.');
  if (rest.length > 0) throw new Error(`${service}: ${path} is a single value, and ${rest.join('.')} is not below it`);
  const field = prefix.filter((part) => !/^\d+$/.test(part)).at(-1);
  const limit = length ?? LENGTHS[`${service} ${field}`];
  if (limit === undefined) throw new Error(`${service}: ${path} is a text of any length`);
  return [path, limit];
}
