import { METRICS_TYPE } from './observability/metrics.js';
import { PROBLEM_TYPE } from './problem.js';
import { QUERY_LIMITS } from './responses/search-query.js';

const TEXT = { type: 'string' } as const;
const WHOLE = { type: 'integer' } as const;

const Product = object({ id: WHOLE, name: TEXT, category: TEXT, description: TEXT, brand: TEXT });
const Prices = { oneOf: [{ type: 'object', additionalProperties: { type: 'number' } }, { const: 'unavailable' }] };
const Found = {
  ...object({ products: { type: 'array', items: Product }, total_found: WHOLE, search_time: TEXT, prices: Prices }),
  required: ['products', 'total_found', 'search_time'],
};
const Status = object({ status: TEXT });
const Problem = object({ type: TEXT, title: TEXT, status: WHOLE, detail: TEXT });

const problem = (description: string) => ({ description, content: { [PROBLEM_TYPE]: { schema: Problem } } });
const json = (description: string, schema: object) => ({ description, content: { 'application/json': { schema } } });

/** What the service offers, as OpenAPI; its limits are those that queries are checked against. */
export function openApi(): object {
  return {
    openapi: '3.1.0',
    info: { title: 'search-service', version: '1', description: 'A small product search.' },
    paths: {
      '/': get('Describes the service', { 200: json('What it is', { type: 'object' }) }),
      '/products/search': search(),
      '/health': get('Should this task receive requests?', health()),
      '/health/live': get('Does this task run?', { 200: json('It does', Status) }),
      '/health/deep': get('Are its dependencies well? Not for a load balancer', health()),
      '/metrics': get('Metrics for Prometheus', { 200: { description: 'Metrics', content: { [METRICS_TYPE]: { schema: TEXT } } } }),
      '/docs': get('This description', { 200: json('OpenAPI', { type: 'object' }) }),
    },
  };
}

function search(): object {
  const { termLength, limit, offset } = QUERY_LIMITS;
  const parameters = [
    { ...parameter('q', 'Words or parts of words', { type: 'string', minLength: 1, maxLength: termLength }), required: true },
    parameter('limit', 'How many products to return', { type: 'integer', minimum: 1, maximum: limit, default: limit }),
    parameter('offset', 'How many matches to leave out first', { type: 'integer', minimum: 0, maximum: offset, default: 0 }),
  ];
  const responses = { 200: json('The matches, the best first', Found), 400: problem('The query is invalid'), 503: problem('Overloaded') };
  return { get: { summary: 'Finds products', parameters, responses } };
}

function get(summary: string, responses: object): object {
  return { get: { summary, responses } };
}

function health(): object {
  return { 200: json('Yes', Status), 503: json('No', Status) };
}

function parameter(name: string, description: string, schema: object): object {
  return { name, in: 'query', description, schema };
}

function object(properties: object): object {
  return { type: 'object', properties };
}
