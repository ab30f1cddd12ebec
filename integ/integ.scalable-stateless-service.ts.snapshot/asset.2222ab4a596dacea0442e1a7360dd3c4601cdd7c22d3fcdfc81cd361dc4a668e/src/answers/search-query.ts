import { parse } from 'node:querystring';
import { mistake } from '../mistake.js';
import type { Query } from '../search/search.js';

/** What a query may hold; the description of the service repeats it to clients. */
export const QUERY_LIMITS = { termLength: 200, limit: 20, offset: 1_000_000 } as const;

/** A query that breaks a rule or several; `statusCode` is what Fastify looks for. */
export class QueryError extends Error {
  readonly statusCode = 400;
}

/** Reads the text after the `?`, or fails with every mistake at once. */
export function readQuery(text: string): Query {
  const given = parse(text);
  const mistakes: string[] = [];
  const query = {
    term: readTerm(given['q'], mistakes),
    limit: readNumber('limit', given['limit'], { from: 1, to: QUERY_LIMITS.limit, otherwise: QUERY_LIMITS.limit }, mistakes),
    offset: readNumber('offset', given['offset'], { from: 0, to: QUERY_LIMITS.offset, otherwise: 0 }, mistakes),
  };
  if (mistakes.length > 0) throw new QueryError(mistakes.join('; '));
  return query;
}

type Given = string | string[] | undefined;

function readTerm(given: Given, mistakes: string[]): string {
  if (typeof given === 'string' && isTerm(given)) return given;
  mistakes.push(mistake('q', `be given once, with 1 to ${QUERY_LIMITS.termLength} characters that are not all spaces`, given));
  return '';
}

function isTerm(text: string): boolean {
  // no text of that many characters has more than twice as many code units.
  if (text.length > 2 * QUERY_LIMITS.termLength) return false;
  return text.trim() !== '' && [...text].length <= QUERY_LIMITS.termLength;
}

function readNumber(name: string, given: Given, rule: { from: number; to: number; otherwise: number }, mistakes: string[]): number {
  if (given === undefined) return rule.otherwise;
  const value = typeof given === 'string' && /^\d{1,9}$/.test(given) ? Number(given) : Number.NaN;
  if (value >= rule.from && value <= rule.to) return value;
  mistakes.push(mistake(name, `be a whole number from ${rule.from} to ${rule.to}, given once`, given));
  return rule.otherwise;
}
