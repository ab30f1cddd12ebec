import type { FastifyPluginAsync } from 'fastify';

/** The numbers that decide what a request costs. */
export interface Load {
  readonly catalogueSize: number;
  readonly sampleSize: number;
}

const ENDPOINTS = ['GET /', 'GET /health', 'GET /products/search?q=&limit='];

const Description = {
  type: 'object',
  properties: {
    name: { type: 'string' },
    endpoints: { type: 'array', items: { type: 'string' } },
    catalogue_size: { type: 'integer' },
    sample_size: { type: 'integer' },
  },
} as const;

/** `GET /` tells a visitor what this is. */
export const descriptionRoute: FastifyPluginAsync<Load> = async (app, { catalogueSize, sampleSize }) => {
  app.get('/', { schema: { response: { 200: Description } } }, async () => ({
    name: 'search-service',
    endpoints: ENDPOINTS,
    catalogue_size: catalogueSize,
    sample_size: sampleSize,
  }));
};
