import type { FastifyPluginAsync, FastifyReply } from 'fastify';
import type { PricesClient } from '../prices/prices.js';

/** What the checks look at. */
export interface HealthParts {
  readonly isDraining: () => boolean;
  readonly prices?: Pick<PricesClient, 'state'>;
}

/**
 * Three questions about this task, of which a load balancer may ask the first only.
 *
 * `GET /health`: should it receive requests? It looks at nothing but the task itself, whose port opens when the catalogue has
 * been loaded, and which answers nothing while its event loop is stuck. A check that failed with somebody else's system would
 * stop every task at once, and one that only tried the port would keep a task that cannot serve.
 *
 * `GET /health/live`: does it run at all? True while draining, too.
 *
 * `GET /health/deep`: are the systems it depends on well? For people and dashboards.
 */
export const healthRoute: FastifyPluginAsync<HealthParts> = async (app, { isDraining, prices }) => {
  app.get('/health', (_request, reply) => answer(reply, isDraining() ? 'draining' : 'healthy'));

  app.get('/health/live', (_request, reply) => {
    reply.send({ status: 'alive' });
  });

  app.get('/health/deep', (_request, reply) => {
    if (isDraining()) return answer(reply, 'draining');
    const breaker = prices?.state ?? 'not_configured';
    answer(reply, breaker === 'open' ? 'degraded' : 'healthy', { dependencies: { prices: breaker } });
  });
};

function answer(reply: FastifyReply, status: 'healthy' | 'draining' | 'degraded', details?: object): void {
  reply.code(status === 'healthy' ? 200 : 503).send({ status, ...details });
}
