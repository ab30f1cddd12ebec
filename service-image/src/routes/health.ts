import type { FastifyPluginAsync, FastifyReply } from 'fastify';
import type { PricesClient } from '../prices/prices.js';

/** What the health checks depend on. */
export interface HealthParts {
  readonly isDraining: () => boolean;
  readonly prices?: Pick<PricesClient, 'state'>;
}

/**
 * Three health checks of this task, of which a load balancer should use the first only.
 *
 * `GET /health`: should it receive requests? It depends on the task alone, whose port opens when the catalogue has been loaded,
 * and which does not respond while its event loop is blocked. A check that failed with another system would stop every task at
 * once, and one that only tried the port would keep a task that cannot serve.
 *
 * `GET /health/live`: does it run at all? True while draining, too.
 *
 * `GET /health/deep`: are the systems it depends on well? For people and dashboards.
 */
export const healthRoute: FastifyPluginAsync<HealthParts> = async (app, { isDraining, prices }) => {
  app.get('/health', (_request, reply) => respond(reply, isDraining() ? 'draining' : 'healthy'));

  app.get('/health/live', (_request, reply) => {
    reply.send({ status: 'alive' });
  });

  app.get('/health/deep', (_request, reply) => {
    if (isDraining()) return respond(reply, 'draining');
    const breaker = prices?.state ?? 'not_configured';
    respond(reply, breaker === 'open' ? 'degraded' : 'healthy', { dependencies: { prices: breaker } });
  });
};

function respond(reply: FastifyReply, status: 'healthy' | 'draining' | 'degraded', details?: object): void {
  reply.code(status === 'healthy' ? 200 : 503).send({ status, ...details });
}
