import { InputError } from '../../src/parse/input-error';
import { isJsonObject, type JsonObject } from '../../src/parse/json-fields';
import { type KnownIteration, mergedIteration } from '../../src/traffic/iteration';
import { readK6 } from '../../src/traffic/k6';
import type { Traffic } from '../../src/traffic/traffic-phases';
import { outputOf } from './installed-tools';
import { IterationOfFunction } from './javascript/iteration-of-function';
import { ScriptModule } from './javascript/script-module';
import { NotStatic, propertyOf, withoutUnknown } from './javascript/script-values';
import { StaticValues } from './javascript/static-values';
import type { TrafficFile } from './traffic-file';

/** Fields of the options that say nothing about the load. */
const OTHER_FIELDS = [
  'thresholds',
  'tags',
  'env',
  'cloud',
  'ext',
  'hosts',
  'tlsAuth',
  'summaryTrendStats',
  'options',
  'userAgent',
  'noConnectionReuse',
];

/** Whether a file is a script with options of k6. */
export function looksLikeK6Script({ extension, isFolder, head }: TrafficFile): boolean {
  if (isFolder || !/^\.[mc]?[jt]s$/.test(extension) || head.includes('@gatling.io/')) return false;
  return /['"]k6(\/[\w/-]+)?['"]|\boptions\b|\b(vus|stages|scenarios)\s*:/.test(head);
}

/**
 * Reads a script of k6: its options, and what an iteration does. It is not run, unless `k6 inspect` must say what its options are.
 *
 * @param commandOptions come before those of the script; a load in them replaces its load.
 */
export function readK6Script(file: TrafficFile, given: KnownIteration, commandOptions: JsonObject = {}): Traffic {
  const module = new ScriptModule(file.script, file.path);
  const values = new StaticValues();
  const { options, remarks } = hasLoad(commandOptions)
    ? keptOptionsOf(file, module, values, commandOptions)
    : optionsOf(file, module, values);
  return readK6ScriptOptions(module, values, { ...options, ...commandOptions }, given, remarks);
}

/** The traffic of options with the iterations of a script. */
function readK6ScriptOptions(
  module: ScriptModule,
  values: StaticValues,
  options: JsonObject,
  given: KnownIteration,
  remarks: readonly string[],
): Traffic {
  const reader = new IterationOfFunction(values);
  const found: KnownIteration[] = [];
  const traffic = readK6(options, (name) => {
    const iteration = reader.of(module, name);
    found.push(iteration);
    return mergedIteration(iteration, given);
  });
  const environment = [...values.environmentNames].slice(0, 5);
  const all = [
    ...(traffic.remarks ?? []),
    ...remarks,
    ...iterationRemarks(found, given),
    ...(environment.length === 0 ? [] : [`the k6 script reads ${environment.map((name) => `__ENV.${name}`).join(', ')}, taken as not set`]),
  ];
  return all.length === 0 ? traffic : { ...traffic, remarks: [...new Set(all)] };
}

interface ScriptOptions {
  readonly options: JsonObject;
  readonly remarks: readonly string[];
}

function optionsOf(file: TrafficFile, module: ScriptModule, values: StaticValues): ScriptOptions {
  try {
    const options = withoutUnknown(exportedOptions(module, values), OTHER_FIELDS);
    if (isJsonObject(options)) return { options, remarks: [] };
    if (module.exports.has('default')) {
      const inspected = inspectedOptions(file);
      if (inspected !== undefined && hasLoad(inspected)) return { options: inspected, remarks: [] };
      throw new InputError([
        `the k6 script has no options: give its load as --traffic 'k6 run --vus 10 --duration 5m ${printableName(file)}'`,
      ]);
    }
    throw new InputError(['the script exports neither options nor a default function of k6: give the script that k6 runs']);
  } catch (error) {
    if (!(error instanceof NotStatic)) throw error;
    const inspected = inspectedOptions(file);
    if (inspected !== undefined) return { options: inspected, remarks: ['the options of the k6 script are those that k6 inspect prints'] };
    throw new InputError([
      `the options of this k6 script are computed${error.line === 0 ? '' : ` at line ${error.line}`}: give the output of k6 inspect ${printableName(file)} as a .json file`,
    ]);
  }
}

/** The options of a script that k6 keeps when its command line has a load. */
const KEPT_OPTIONS = ['vus', 'rps', 'minIterationDuration', 'executionSegment'];

function keptOptionsOf(file: TrafficFile, module: ScriptModule, values: StaticValues, commandOptions: JsonObject): ScriptOptions {
  const names = KEPT_OPTIONS.filter((name) => commandOptions[name] === undefined);
  const keptOf = (options: unknown): JsonObject => {
    const entries = isJsonObject(options) ? names.map((name) => [name, propertyOf(options, name, 0)] as const) : [];
    return Object.fromEntries(entries.filter(([, value]) => value !== undefined && value !== null));
  };
  try {
    return { options: keptOf(exportedOptions(module, values)), remarks: [] };
  } catch (error) {
    if (!(error instanceof NotStatic)) throw error;
    const inspected = inspectedOptions(file);
    if (inspected !== undefined) return { options: keptOf(inspected), remarks: [] };
    return {
      options: {},
      remarks: ['the options of the k6 script are computed: those that its command line does not have, such as rps, are not followed'],
    };
  }
}

/** The options, under that name; or a module that only has options. */
function exportedOptions(module: ScriptModule, values: StaticValues): unknown {
  if (module.exports.has('options') || module.reexportedSources.length > 0) {
    const options = values.exported(module, 'options');
    if (options !== undefined) return options;
  }
  const target = module.exports.get('default');
  if (target !== undefined && typeof target !== 'string' && target.type === 'ObjectExpression') return values.exported(module, 'default');
  return undefined;
}

function inspectedOptions({ name, folder }: TrafficFile): JsonObject | undefined {
  const output = outputOf('k6', ['inspect', name], folder);
  if (output === undefined) return undefined;
  try {
    const options: unknown = JSON.parse(output);
    return isJsonObject(options) ? options : undefined;
  } catch {
    return undefined;
  }
}

function hasLoad(options: JsonObject): boolean {
  return ['scenarios', 'stages', 'duration', 'iterations'].some((name) => options[name] !== undefined && options[name] !== null);
}

function iterationRemarks(found: readonly KnownIteration[], given: KnownIteration): string[] {
  const sleeps = [...new Set(found.map(({ thinkSeconds }) => thinkSeconds))];
  const requests = [...new Set(found.map(({ requestsPerIteration }) => requestsPerIteration))];
  const isSleepUsed = given.thinkSeconds === undefined && sleeps.some((seconds) => seconds !== undefined && seconds > 0);
  return [
    ...(isSleepUsed
      ? [
          `an iteration of the k6 script sleeps ${sleeps.map((seconds) => `${seconds ?? '?'} s`).join(' or ')} on average, which is its think time: --think overrides it`,
        ]
      : []),
    ...(given.requestsPerIteration === undefined && requests.some((count) => count !== undefined && count !== 1)
      ? [
          `an iteration of the k6 script sends ${requests.map((count) => count ?? '?').join(' or ')} requests: --requests-per-iteration overrides it`,
        ]
      : []),
    ...(given.requestsPerIteration === undefined && requests.includes(undefined)
      ? ['how many requests an iteration of the k6 script sends is not known, one is assumed: give --requests-per-iteration']
      : []),
  ];
}

function printableName({ name }: TrafficFile): string {
  return /^[\w.-]{1,40}$/.test(name) ? name : 'script.js';
}
