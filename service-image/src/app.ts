import { type FastifyBaseLogger, type FastifyInstance, type FastifyServerOptions, fastify, LogController } from 'fastify';
import { admit } from './admission.js';
import type { Catalogue } from './catalogue/catalogue.js';
import { SERVER_LIMITS } from './limits.js';
import { rejectExpectation, rejectMalformedHttp } from './malformed-http.js';
import { ProcessMetrics } from './observability/process-metrics.js';
import { RequestMetrics } from './observability/request-metrics.js';
import type { Tracing } from './observability/tracing.js';
import { LoadShedding, type OverloadLimits } from './overload/load-shedding.js';
import { PricesClient, type PricesSettings } from './prices/prices.js';
import { sendError } from './problem.js';
import { respondFromCache } from './responses/cached-response.js';
import { type CacheLimits, ResponseCache } from './responses/response-cache.js';
import { ResponseWriter } from './responses/response-writer.js';
import { descriptionRoute } from './routes/description.js';
import { docsRoute } from './routes/docs.js';
import { healthRoute } from './routes/health.js';
import { metricsRoute } from './routes/metrics.js';
import { PATHS } from './routes/paths.js';
import { searchRoute } from './routes/search.js';
import { sendUnknown } from './routes/unknown.js';
import { createSearch, type SearchMode } from './search/search-mode.js';

/** The parts of the service. */
export interface AppParts {
  readonly catalogue: Catalogue;
  readonly mode: SearchMode;
  readonly cacheLimits: CacheLimits;
  readonly overloadLimits: OverloadLimits;
  readonly pricesSettings?: PricesSettings;
  readonly tracing?: Tracing;
  readonly log: FastifyBaseLogger;
  readonly isDraining: () => boolean;
}

const SETTINGS: FastifyServerOptions = {
  ...SERVER_LIMITS,
  // requests on open connections are served until the end, not rejected.
  return503OnClosing: false,
  frameworkErrors: sendError,
  clientErrorHandler: rejectMalformedHttp,
  // a line for every request would cost more than the request.
  logController: new LogController({ disableRequestLogging: true }),
  // left as text: the cache finds a response by the query as it was sent.
  routerOptions: { querystringParser: (text) => text as unknown as Record<string, unknown> },
  // no route has a schema, and creating Fastify's compilers for them takes half of the start-up.
  schemaController: { compilersFactory: { buildValidator: rejectSchemas, buildSerializer: rejectSchemas } },
};

/** Builds the service without opening a port, so that a test can call it directly. */
export function buildApp(parts: AppParts, options: FastifyServerOptions = {}): FastifyInstance {
  const app = fastify({ ...SETTINGS, ...options });
  app.server.on('checkExpectation', rejectExpectation);
  parts.tracing?.watch(app);
  app.addHook('onRequest', admit(parts));
  app.setErrorHandler(sendError);
  app.setNotFoundHandler(sendUnknown);
  addRoutes(app, parts, options.loggerInstance !== undefined);
  return app;
}

function addRoutes(app: FastifyInstance, parts: AppParts, logsRequests: boolean): void {
  const { catalogue, mode, cacheLimits, overloadLimits, pricesSettings, isDraining, log } = parts;
  const shedding = new LoadShedding(overloadLimits);
  const requests = new RequestMetrics(app.server, PATHS);
  const prices = pricesSettings && new PricesClient(pricesSettings, log);
  // each sample continues where the last one ended, so the same query has another response each time.
  const cache = mode.name === 'full' && cacheLimits.bytes > 0 ? new ResponseCache(cacheLimits) : undefined;
  const sources = [requests, new ProcessMetrics(), shedding, cache, prices].filter((source) => source !== undefined);
  app.addHook('onClose', async () => {
    requests.close();
    shedding.close();
  });
  app.register(descriptionRoute, { catalogueSize: catalogue.size, mode });
  app.register(docsRoute);
  app.register(healthRoute, { isDraining, prices });
  app.register(metricsRoute, { sources });
  // hooks that log or trace requests, and prices, need Fastify.
  if (cache !== undefined && prices === undefined && parts.tracing === undefined && !logsRequests)
    respondFromCache(app.server, { cache, shedding, isDraining });
  app.register(searchRoute, { search: createSearch(catalogue, mode), writer: new ResponseWriter(catalogue), shedding, cache, prices });
}

function rejectSchemas(): never {
  throw new Error('a route must have no schema: readQuery checks queries, and responses are written as text');
}
