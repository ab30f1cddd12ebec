import { parse, parseAllDocuments } from 'yaml';
import { InputError } from '../../src/parse/input-error';
import { isJsonObject, type JsonObject } from '../../src/parse/json-fields';
import type { TrafficFile } from './traffic-file';

/** An alias can stand for much text: with more of them a file is refused. */
const MAX_ALIASES = 100;

/** The object in a YAML or JSON file. */
export function objectInYaml(file: TrafficFile): JsonObject {
  const value = parsedYaml(file.script);
  if (isJsonObject(value)) return value;
  throw new InputError(['the file must be YAML with an object, got another value']);
}

function parsedYaml(text: string): unknown {
  try {
    const options = { maxAliasCount: MAX_ALIASES, logLevel: 'silent', prettyErrors: true } as const;
    if (!/^---\s/m.test(text.replace(/^\s*---\s/, ''))) return parse(text, options);
    // the documents of a file are merged, as Taurus does.
    const documents = parseAllDocuments(text, options).map((document) => {
      if (document.errors[0] !== undefined) throw document.errors[0];
      return document.toJS({ maxAliasCount: MAX_ALIASES }) as unknown;
    });
    return Object.assign({}, ...documents.filter(isJsonObject)) as unknown;
  } catch (error) {
    const line = (error as { linePos?: readonly { readonly line: number }[] }).linePos?.[0]?.line;
    throw new InputError([`line ${line ?? 1}: the file is not complete YAML`]);
  }
}

/** The objects in a list, or an object by itself. */
export function objectsIn(value: unknown): JsonObject[] {
  return (Array.isArray(value) ? value : [value]).filter(isJsonObject);
}

const SECONDS_PER_UNIT: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400 };

/** Seconds from a number of them, or text such as `1m30s` or `5 minutes`. */
export function secondsIn(value: unknown, name: string): number {
  if (typeof value === 'number' && value >= 0) return value;
  const text = String(value ?? '')
    .trim()
    .toLowerCase();
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text);
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)\s*(ms|milliseconds?|s|secs?|seconds?|m|mins?|minutes?|h|hours?|d|days?)(?![a-z])\s*/g)];
  if (parts.length === 0 || parts.map(([part]) => part).join('') !== text)
    throw new InputError([`${name} must be a number of seconds or a duration such as 90s or 5m that is written in the file`]);
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * SECONDS_PER_UNIT[/^m(s|illi)/.test(unit!) ? 'ms' : unit![0]!]!, 0);
}

/** A number, which may be text. */
export function numberIn(value: unknown, name: string): number {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number === 'number' && number >= 0 && Number.isFinite(number)) return number;
  throw new InputError([`${name} must be a number of at least 0 that is written in the file`]);
}
