import Ajv, { type ErrorObject } from 'ajv';
import { type Document, LineCounter, parseDocument } from 'yaml';
import { InputError, throwIfAny } from '../../src/parse/input-error';
import { jsonErrorLine } from '../../src/parse/json-error';
import { SCENARIO_SCHEMA } from './scenario-schema';

/**
 * Compares a scenario file with its schema.
 *
 * @throws InputError with the line of each field that does not fit.
 */
export function validateScenarioFile(text: string, name: string): void {
  throwIfNoJson(text, name);
  const value: unknown = JSON.parse(text);
  const validate = new Ajv({ allErrors: true, strict: false }).compile(SCENARIO_SCHEMA);
  if (validate(value)) return;
  const lines = new LineCounter();
  // JSON is YAML, whose parser knows where each value begins.
  const document = parseDocument(text, { lineCounter: lines, logLevel: 'silent' });
  const errors = (validate.errors ?? []).filter(({ keyword }) => keyword !== 'oneOf');
  throwIfAny(withoutRepetition(errors).map((error) => `${name} line ${lineOf(error, document, lines)}: ${messageOf(error, name)}`));
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

/** Puts the line before each error that names a field of the file. */
export function errorsWithLines(errors: readonly string[], text: string, name: string): string[] {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, logLevel: 'silent' });
  return errors.map((error) => {
    const path = pathNamedBy(error).find((candidate) => candidate.length > 0 && document.hasIn(candidate));
    const node = path && (document.getIn(path, true) as { readonly range?: readonly number[] } | undefined);
    return node?.range === undefined ? error : `${name} line ${lines.linePos(node.range[0]!).line}: ${error}`;
  });
}

/** The fields that an error may be about: the one that it begins with, or an unknown one at its end. */
function pathNamedBy(error: string): string[][] {
  const [, subject = ''] = /^([\w.[\]]+) must /.exec(error) ?? [];
  const [, owner = '', field = ''] = /^a field of (\w+)\b.* got '([^']+)'$/.exec(error) ?? [];
  const parts = subject.split(/[.[\]]+/).filter((part) => part !== '');
  return [parts, parts.slice(0, 1), [field], [owner, field]].map((path) => path.filter((part) => part !== ''));
}

/** @throws InputError with the line at which a file stops being JSON. */
export function throwIfNoJson(text: string, name: string): void {
  try {
    JSON.parse(text);
  } catch {
    throw new InputError([
      `${name} line ${jsonErrorLine(text).line}: a scenario file must be JSON such as {"traffic": "users 30 for 10m"}`,
    ]);
  }
}

function lineOf({ instancePath, params }: ErrorObject, document: Document, lines: LineCounter): number {
  const path = instancePath
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  const field = params['additionalProperty'] as string | undefined;
  const node = document.getIn(field === undefined ? path : [...path, field], true) as { readonly range?: readonly number[] } | undefined;
  return lines.linePos(node?.range?.[0] ?? 0).line;
}

/** An error as a sentence of this command. A value may be a secret, and is not repeated. */
function messageOf({ keyword, instancePath, params, message }: ErrorObject, name: string): string {
  const field = instancePath === '' ? name : instancePath.slice(1).replaceAll('/', '.');
  if (keyword === 'additionalProperties') {
    const allowed = instancePath === '' ? Object.keys(SCENARIO_SCHEMA.properties).join(', ') : 'those of its schema';
    return `a field of ${field} must be one of ${allowed}, got '${String(params['additionalProperty']).slice(0, 40)}'`;
  }
  if (keyword === 'required') return `${field} must have ${String(params['missingProperty'])}`;
  if (keyword === 'type') return `${field} must be of the type ${String(params['type'])}`;
  if (keyword === 'pattern') return `${field} must be a duration such as 90s or 5m`;
  if (keyword === 'minimum') return `${field} must be at least ${String(params['limit'])}`;
  if (keyword === 'maximum') return `${field} must be at most ${String(params['limit'])}`;
  return `${field} ${message ?? 'does not fit its schema'}`;
}
