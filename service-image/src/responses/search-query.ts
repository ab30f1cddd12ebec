import { parse } from 'node:querystring';
import type { Query } from '../search/search.js';
import { validationError } from '../validation-error.js';

/** The limits of a query; the OpenAPI document states them too. */
export const QUERY_LIMITS = { termLength: 200, limit: 20, offset: 1_000_000 } as const;

/** A query with one or more validation errors; Fastify reads `statusCode`. */
export class QueryError extends Error {
  readonly statusCode = 400;
}

/** Parses the query string, or throws with all validation errors at once. */
export function readQuery(text: string): Query {
  const given = parse(text);
  const errors: string[] = [];
  const query = {
    term: readTerm(given['q'], errors),
    limit: readNumber('limit', given['limit'], { from: 1, to: QUERY_LIMITS.limit, otherwise: QUERY_LIMITS.limit }, errors),
    offset: readNumber('offset', given['offset'], { from: 0, to: QUERY_LIMITS.offset, otherwise: 0 }, errors),
  };
  if (errors.length > 0) throw new QueryError(errors.join('; '));
  return query;
}

type Given = string | string[] | undefined;

function readTerm(given: Given, errors: string[]): string {
  if (typeof given === 'string' && isTerm(given)) return given;
  errors.push(validationError('q', `be given once, with 1 to ${QUERY_LIMITS.termLength} characters that are not all spaces`, given));
  return '';
}

function isTerm(text: string): boolean {
  // no text of that many characters has more than twice as many code units.
  if (text.length > 2 * QUERY_LIMITS.termLength) return false;
  return text.trim() !== '' && [...text].length <= QUERY_LIMITS.termLength;
}

function readNumber(name: string, given: Given, rule: { from: number; to: number; otherwise: number }, errors: string[]): number {
  if (given === undefined) return rule.otherwise;
  const value = typeof given === 'string' && /^\d{1,9}$/.test(given) ? Number(given) : Number.NaN;
  if (value >= rule.from && value <= rule.to) return value;
  errors.push(validationError(name, `be a whole number from ${rule.from} to ${rule.to}, given once`, given));
  return rule.otherwise;
}
