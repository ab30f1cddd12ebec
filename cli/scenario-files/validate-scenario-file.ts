import Ajv, { type ErrorObject } from 'ajv';
import { type Document, LineCounter, parseDocument } from 'yaml';
import { InputError, throwIfAny } from '../../src/parse/input-error';
import { SCENARIO_SCHEMA } from './scenario-schema';

/**
 * Compares a scenario file with its schema.
 *
 * @throws InputError with the line of each field that does not fit.
 */
export function validateScenarioFile(text: string, name: string): void {
  const value = valueIn(text, name);
  const validate = new Ajv({ allErrors: true, strict: false }).compile(SCENARIO_SCHEMA);
  if (validate(value)) return;
  const lines = new LineCounter();
  // JSON is YAML, whose parser knows where each value begins.
  const document = parseDocument(text, { lineCounter: lines, logLevel: 'silent' });
  const errors = (validate.errors ?? []).filter(({ keyword }) => keyword !== 'oneOf');
  throwIfAny(errors.map((error) => `${name} line ${lineOf(error, document, lines)}: ${messageOf(error, name)}`));
}

function valueIn(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const line = parseDocument(text, { logLevel: 'silent', prettyErrors: true }).errors[0]?.linePos?.[0].line;
    throw new InputError([
      `${name}${line === undefined ? '' : ` line ${line}`}: a scenario file must be JSON such as {"traffic": "users 30 for 10m"}`,
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
  return `${field} ${message ?? 'does not fit its schema'}`;
}
