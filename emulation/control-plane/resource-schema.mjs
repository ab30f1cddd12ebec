// Writes the part of CloudFormation's schema that the handlers need: properties, their types, and whether a change replaces the resource.
// Run it after a handler of a new type is added: node emulation/control-plane/resource-schema.mjs
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { emptyDatabase } from '@aws-cdk/service-spec-types';

const HANDLERS = fileURLToPath(new URL('control_plane/resources/', import.meta.url));
const OUTPUT = `${HANDLERS}resource-schema.json`;

/** Custom resources have the properties that a template gives them, and metadata is no resource. */
const WITHOUT_SCHEMA = ['AWS::CDK::Metadata', 'AWS::CloudFormation::CustomResource'];

/** The schema as text; a test compares it with the committed file. */
export function resourceSchema() {
  const database = newestSchema();
  const resources = Object.fromEntries(handledTypes().map((name) => [name, schemaOf(database, name)]));
  return `{"resources":{\n${Object.entries(resources)
    .map(([name, schema]) => `${JSON.stringify(name)}:${JSON.stringify(schema)}`)
    .join(',\n')}\n}}\n`;
}

/** That of the CDK's command line, which is newer than the package with the schema alone. */
function newestSchema() {
  const database = emptyDatabase();
  const file = createRequire(import.meta.url)
    .resolve('aws-cdk/package.json')
    .replace(/package\.json$/, 'db.json.gz');
  database.load(JSON.parse(gunzipSync(readFileSync(file))));
  return database;
}

function handledTypes() {
  const sources = readdirSync(HANDLERS).filter((file) => file.endsWith('.py'));
  const types = sources.flatMap((file) => readFileSync(HANDLERS + file, 'utf8').match(/(?<=")AWS::\w+::\w+(?=")/g) ?? []);
  return [...new Set(types)].filter((name) => !WITHOUT_SCHEMA.includes(name)).sort();
}

function schemaOf(database, name) {
  const resource = database.lookup('resource', 'cloudFormationType', 'equals', name)[0];
  if (!resource) throw new Error(`${name} is not in CloudFormation's schema: correct the type in its handler`);
  const types = {};
  const properties = propertiesOf(database, resource.properties, types);
  return { properties, types };
}

function propertiesOf(database, properties, types) {
  return Object.fromEntries(
    Object.entries(properties).map(([name, { type, previousTypes, required, causesReplacement }]) => [
      name,
      {
        type: typeOf(database, [type, ...(previousTypes ?? [])], types),
        ...(required && { required: true }),
        ...(causesReplacement === 'yes' && { replaces: true }),
      },
    ]),
  );
}

function typeOf(database, alternatives, types) {
  const found = alternatives.map((type) => oneType(database, type, types));
  return found.length === 1 ? found[0] : { union: found };
}

function oneType(database, type, types) {
  switch (type.type) {
    case 'array':
      return { list: oneType(database, type.element, types) };
    case 'map':
      return { map: oneType(database, type.element, types) };
    case 'union':
      return { union: type.types.map((one) => oneType(database, one, types)) };
    case 'ref': {
      const definition = database.get('typeDefinition', type.reference);
      if (!(definition.name in types)) {
        types[definition.name] = {};
        types[definition.name] = propertiesOf(database, definition.properties, types);
      }
      return `ref:${definition.name}`;
    }
    case 'tag':
      return 'json';
    default:
      return type.type;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(OUTPUT, resourceSchema());
