import type { ErrorObject } from 'ajv';
import { type Document, LineCounter, parseDocument } from 'yaml';
import { formatChoices } from '../../src/parse/choices';
import { InputError } from '../../src/parse/input-error';
import { jsonErrorLine } from '../../src/parse/json-error';
import { validateScenario } from './compiled-schema';
import { SCENARIO_SCHEMA } from './scenario-schema';

/** A scenario file as JSON. Its text is parsed once more, to find lines, if it has errors. */
export interface ScenarioDocument {
  readonly value: unknown;
  /** An error with its line for each field that does not fit the schema. */
  schemaErrors(): string[];
  /** Puts the line before each error that names a field of the file. */
  withLines(errors: readonly string[]): string[];
}

/**
 * Parses a scenario file.
 *
 * @throws InputError with the line at which it stops being JSON.
 */
export function parseScenarioDocument(text: string, name: string): ScenarioDocument {
  const value = parseJson(text, name);
  let parsed: DocumentLines | undefined;
  const lines = (): DocumentLines => {
    parsed ??= parseLines(text);
    return parsed;
  };
  return {
    value,
    schemaErrors: () => {
      if (validateScenario(value)) return [];
      const errors = (validateScenario.errors ?? []).filter(({ keyword }) => keyword !== 'oneOf');
      return withoutRepetition(errors).map((error) => `${name} line ${lineOf(error, lines())}: ${messageOf(error, name)}`);
    },
    withLines: (errors) => errors.map((error) => withLine(error, name, lines())),
  };
}

/** A document that knows where each value begins. */
interface DocumentLines {
  readonly document: Document;
  readonly counter: LineCounter;
}

/** JSON is YAML, whose parser keeps the places. */
function parseLines(text: string): DocumentLines {
  const counter = new LineCounter();
  return { document: parseDocument(text, { lineCounter: counter, logLevel: 'silent' }), counter };
}

/** Each alternative of a field reports the type that it wants: one error names them all. */
function withoutRepetition(errors: readonly ErrorObject[]): ErrorObject[] {
  const typesOf = (path: string): string[] =>
    errors.flatMap(({ keyword, instancePath, params }) => (keyword === 'type' && instancePath === path ? String(params['type']) : []));
  return errors.flatMap((error, index) => {
    if (error.keyword !== 'type') return error;
    const isFirst = errors.findIndex(({ keyword, instancePath }) => keyword === 'type' && instancePath === error.instancePath) === index;
    return isFirst ? { ...error, params: { type: [...new Set(typesOf(error.instancePath))].join(' or ') } } : [];
  });
}

function withLine(error: string, name: string, { document, counter }: DocumentLines): string {
  const path = pathNamedBy(error).find((candidate) => candidate.length > 0 && document.hasIn(candidate));
  const node = path && (document.getIn(path, true) as { readonly range?: readonly number[] } | undefined);
  return node?.range === undefined ? error : `${name} line ${counter.linePos(node.range[0]!).line}: ${error}`;
}

/** The fields that an error may be about: the one that it begins with, or an unknown one at its end. */
function pathNamedBy(error: string): string[][] {
  const [, subject = ''] = /^([\w.[\]]+) must /.exec(error) ?? [];
  const [, owner = '', field = ''] = /^a field of (\w+)\b.* got '([^']+)'$/.exec(error) ?? [];
  const parts = subject.split(/[.[\]]+/).filter((part) => part !== '');
  return [parts, parts.slice(0, 1), [field], [owner, field]].map((path) => path.filter((part) => part !== ''));
}

function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new InputError([
      `${name} line ${jsonErrorLine(text).line}: a scenario file must be JSON such as {"traffic": "users 30 for 10m"}`,
    ]);
  }
}

function lineOf({ instancePath, params }: ErrorObject, { document, counter }: DocumentLines): number {
  const path = instancePath
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  const field = params['additionalProperty'] as string | undefined;
  const node = document.getIn(field === undefined ? path : [...path, field], true) as { readonly range?: readonly number[] } | undefined;
  return counter.linePos(node?.range?.[0] ?? 0).line;
}

/** An error as a sentence of this command. A value may be a secret, and is not repeated. */
function messageOf({ keyword, instancePath, params, message }: ErrorObject, name: string): string {
  const field = instancePath === '' ? name : instancePath.slice(1).replaceAll('/', '.');
  if (keyword === 'additionalProperties') {
    const given = String(params['additionalProperty']).slice(0, 40);
    const allowed = instancePath === '' ? formatChoices(Object.keys(SCENARIO_SCHEMA.properties), given) : 'those of its schema';
    return `a field of ${field} must be one of ${allowed}, got '${given}'`;
  }
  if (keyword === 'required') return `${field} must have ${String(params['missingProperty'])}`;
  if (keyword === 'type') return `${field} must be of the type ${String(params['type'])}`;
  if (keyword === 'pattern') return `${field} must be a duration such as 90s or 5m`;
  if (keyword === 'minimum') return `${field} must be at least ${String(params['limit'])}`;
  if (keyword === 'maximum') return `${field} must be at most ${String(params['limit'])}`;
  return `${field} ${message ?? 'does not fit its schema'}`;
}
