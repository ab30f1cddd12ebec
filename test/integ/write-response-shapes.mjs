// Writes response-shapes.json: the output of every operation of the services that assertions call, from the models of the AWS SDK for Python,
// which AWS generates from the same Smithy models as all SDKs. To take the newest:
//
//   pip download botocore --no-deps --dest /tmp/botocore && unzip -q /tmp/botocore/botocore-*.whl -d /tmp/botocore
//   node test/integ/write-response-shapes.mjs /tmp/botocore
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

const [folder] = process.argv.slice(2);

/** The folder of each service in botocore, by the name of its client in the AWS SDK for JavaScript. */
const FOLDERS = {
  'application-auto-scaling': 'application-autoscaling',
  'auto-scaling': 'autoscaling',
  cloudwatch: 'cloudwatch',
  'cloudwatch-logs': 'logs',
  ecs: 'ecs',
  'elastic-load-balancing-v2': 'elbv2',
  fis: 'fis',
  sfn: 'stepfunctions',
};

/** The longest text of a scalar that is no string. */
const TEXT_OF = { integer: 11, long: 20, float: 24, double: 24, boolean: 5, timestamp: 24 };

function modelOf(name) {
  const versions = readdirSync(join(folder, 'botocore/data', name)).sort();
  return JSON.parse(gunzipSync(readFileSync(join(folder, 'botocore/data', name, versions.at(-1), 'service-2.json.gz'))));
}

/** The keys of attributes, such as those of a target group, which the documentation of the key lists. */
function keysIn(shapes, name) {
  const documentation = shapes[name].members?.Key?.documentation ?? '';
  return [...new Set(documentation.match(/(?<=<code>)[a-z0-9_]+(\.[a-z0-9_]+)+(?=<)/g))];
}

function withKeys(keys) {
  return keys.length > 0 ? { keys } : {};
}

/** A structure as an object of its members, a list and a map with what they contain, a scalar as its greatest length: null without a limit. */
function shapeOf(shapes, { type, members, member, value, max, enum: values }) {
  if (type === 'structure') return { members: Object.fromEntries(Object.entries(members).map(([name, { shape }]) => [name, shape])) };
  if (type === 'list') return { list: member.shape, ...withKeys(keysIn(shapes, member.shape)) };
  if (type === 'map') return { map: value.shape };
  if (values) return Math.max(...values.map(({ length }) => length));
  return TEXT_OF[type] ?? max ?? null;
}

function reachable(shapes, name, found = new Map()) {
  if (found.has(name)) return found;
  const shape = shapeOf(shapes, shapes[name]);
  found.set(name, shape);
  const inner = shape?.members ? Object.values(shape.members) : [shape?.list ?? shape?.map].filter((one) => one !== undefined);
  for (const one of inner) reachable(shapes, one, found);
  return found;
}

const [version] = readdirSync(folder).flatMap((name) => /^botocore-(.+)\.dist-info$/.exec(name)?.[1] ?? []);
const services = Object.entries(FOLDERS).map(([name, directory]) => {
  const { operations, shapes } = modelOf(directory);
  const outputs = Object.values(operations).flatMap(({ name: operation, output }) =>
    output ? [[operation.toLowerCase(), output.shape]] : [],
  );
  const found = new Map(outputs.flatMap(([, shape]) => [...reachable(shapes, shape)]));
  return [name, { operations: Object.fromEntries(outputs), shapes: Object.fromEntries(found) }];
});
const text = JSON.stringify({ source: `botocore ${version}`, services: Object.fromEntries(services) });
writeFileSync(new URL('response-shapes.json', import.meta.url), `${text}\n`);
