import type { FastifyPluginAsync } from 'fastify';
import type { SearchMode } from '../search/search-mode.js';
import { PATHS } from './paths.js';

/** What determines the cost of a request. */
export interface Load {
  readonly catalogueSize: number;
  readonly mode: SearchMode;
}

const ENDPOINTS = [...PATHS].map((path) => `GET ${path}${path === '/products/search' ? '?q=&limit=&offset=' : ''}`);

/** `GET /` describes the service. */
export const descriptionRoute: FastifyPluginAsync<Load> = async (app, { catalogueSize, mode }) => {
  const description = {
    name: 'search-service',
    endpoints: ENDPOINTS,
    catalogue_size: catalogueSize,
    search_mode: mode.name,
    ...(mode.name === 'sample' && { sample_size: mode.sampleSize }),
  };
  app.get('/', (_request, reply) => {
    reply.send(description);
  });
};
