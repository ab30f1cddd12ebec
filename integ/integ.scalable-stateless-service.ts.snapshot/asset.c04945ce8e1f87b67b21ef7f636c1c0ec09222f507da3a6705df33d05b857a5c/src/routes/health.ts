import type { FastifyPluginAsync } from 'fastify';

const Health = { type: 'object', properties: { status: { type: 'string' } } } as const;

/**
 * `GET /health` answers 200 while this task should receive requests.
 *
 * It looks at nothing but the task itself: a check that failed with somebody else's system would stop every task at once.
 */
export const healthRoute: FastifyPluginAsync<{ isDraining: () => boolean }> = async (app, { isDraining }) => {
  app.get('/health', { schema: { response: { 200: Health, 503: Health } } }, async (_request, reply) => {
    if (isDraining()) return reply.code(503).send({ status: 'draining' });
    return { status: 'healthy' };
  });
};
