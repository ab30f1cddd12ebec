import type { FastifyPluginAsync } from 'fastify';
import { openApi } from '../open-api.js';

/** `GET /docs` describes every endpoint as OpenAPI. */
export const docsRoute: FastifyPluginAsync = async (app) => {
  app.get('/docs', (_request, reply) => {
    reply.send(openApi());
  });
};
