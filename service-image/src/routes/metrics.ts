import type { FastifyPluginAsync } from 'fastify';
import { METRICS_TYPE, type MetricSource, renderMetrics } from '../observability/metrics.js';

/** `GET /metrics`: metrics in the text format of Prometheus. */
export const metricsRoute: FastifyPluginAsync<{ sources: readonly MetricSource[] }> = async (app, { sources }) => {
  app.get('/metrics', (_request, reply) => {
    reply.type(METRICS_TYPE).send(renderMetrics(sources));
  });
};
