import type { FastifyPluginAsync, FastifySchemaValidationError } from 'fastify';
import { mistake } from '../mistake.js';
import type { Search } from '../search.js';

const MAX_TERM_LENGTH = 200;
const MAX_LIMIT = 20;

const Query = {
  type: 'object',
  required: ['q'],
  properties: {
    q: { type: 'string', minLength: 1, maxLength: MAX_TERM_LENGTH },
    limit: { type: 'integer', minimum: 1, maximum: MAX_LIMIT, default: MAX_LIMIT },
  },
} as const;

/** The schema in words, for whoever broke it. */
const RULES: Record<string, string> = {
  q: `be given once, with 1 to ${MAX_TERM_LENGTH} characters`,
  limit: `be a whole number from 1 to ${MAX_LIMIT}, given once`,
};

const Product = {
  type: 'object',
  properties: {
    id: { type: 'integer' },
    name: { type: 'string' },
    category: { type: 'string' },
    description: { type: 'string' },
    brand: { type: 'string' },
  },
} as const;

const Answer = {
  type: 'object',
  properties: {
    products: { type: 'array', items: Product },
    total_found: { type: 'integer' },
    search_time: { type: 'string' },
  },
} as const;

/** `GET /products/search` answers with the products of one sample that match a term. */
export const searchRoute: FastifyPluginAsync<{ search: Search }> = async (app, { search }) => {
  const schema = { querystring: Query, response: { 200: Answer } };
  app.get<{ Querystring: { q: string; limit: number } }>('/products/search', { schema, schemaErrorFormatter }, async ({ query }) => {
    const started = performance.now();
    const { products, totalFound } = search(query.q, query.limit);
    return { products, total_found: totalFound, search_time: `${(performance.now() - started).toFixed(2)} ms` };
  });
};

/** An error of the validator, which adds the refused value when it is told to be verbose. */
type QueryMistake = FastifySchemaValidationError & { readonly data?: unknown };

function schemaErrorFormatter(mistakes: QueryMistake[]): Error {
  return new Error(mistakes.map(describe).join('; '));
}

function describe({ instancePath, params, data }: QueryMistake): string {
  const missing = params['missingProperty'];
  const name = String(missing ?? instancePath.slice(1));
  return mistake(name, RULES[name], missing ? undefined : data);
}
