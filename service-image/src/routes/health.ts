import type { FastifyPluginAsync } from 'fastify';

/**
 * `GET /health` answers 200 while this task should receive requests.
 *
 * It looks at nothing but the task itself: a check that failed with somebody else's system would stop every task at once.
 */
export const healthRoute: FastifyPluginAsync<{ isDraining: () => boolean }> = async (app, { isDraining }) => {
  app.get('/health', (_request, reply) => {
    if (isDraining()) reply.code(503).send({ status: 'draining' });
    else reply.send({ status: 'healthy' });
  });
};
