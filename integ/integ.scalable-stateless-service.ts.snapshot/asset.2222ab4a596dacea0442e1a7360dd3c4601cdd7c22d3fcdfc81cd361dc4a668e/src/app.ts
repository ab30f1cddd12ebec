import { type FastifyBaseLogger, type FastifyInstance, type FastifyServerOptions, fastify, LogController } from 'fastify';
import { admit } from './admission.js';
import { AnswerCache, type CacheLimits } from './answers/answer-cache.js';
import { AnswerWriter } from './answers/answer-writer.js';
import type { Catalogue } from './catalogue/catalogue.js';
import { SERVER_LIMITS } from './limits.js';
import { answerMalformedHttp, refuseExpectation } from './malformed-http.js';
import { ProcessMetrics } from './observability/process-metrics.js';
import { RequestMetrics } from './observability/request-metrics.js';
import type { Tracing } from './observability/tracing.js';
import { LoadShedding, type OverloadLimits } from './overload/load-shedding.js';
import { PricesClient, type PricesSettings } from './prices/prices.js';
import { answerError } from './problem.js';
import { descriptionRoute } from './routes/description.js';
import { docsRoute } from './routes/docs.js';
import { healthRoute } from './routes/health.js';
import { metricsRoute } from './routes/metrics.js';
import { PATHS } from './routes/paths.js';
import { searchRoute } from './routes/search.js';
import { answerUnknown } from './routes/unknown.js';
import { createSearch, type SearchMode } from './search/search-mode.js';

/** What the service is made of. */
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
  // what arrives on an open connection at the last moment is answered, not refused.
  return503OnClosing: false,
  frameworkErrors: answerError,
  clientErrorHandler: answerMalformedHttp,
  // a line for every request would cost more than the request.
  logController: new LogController({ disableRequestLogging: true }),
  // left as text: an answer that is known by its query needs no reading.
  routerOptions: { querystringParser: (text) => text as unknown as Record<string, unknown> },
  // no route has a schema, and making the compilers that Fastify brings for them takes half of the start.
  schemaController: { compilersFactory: { buildValidator: refuseSchemas, buildSerializer: refuseSchemas } },
};

/** Builds the service without opening a port, so that a test can call it directly. */
export function buildApp(parts: AppParts, options: FastifyServerOptions = {}): FastifyInstance {
  const app = fastify({ ...SETTINGS, ...options });
  app.server.on('checkExpectation', refuseExpectation);
  parts.tracing?.watch(app);
  app.addHook('onRequest', admit(parts));
  app.setErrorHandler(answerError);
  app.setNotFoundHandler(answerUnknown);
  addRoutes(app, parts);
  return app;
}

function addRoutes(app: FastifyInstance, parts: AppParts): void {
  const { catalogue, mode, cacheLimits, overloadLimits, pricesSettings, isDraining, log } = parts;
  const shedding = new LoadShedding(overloadLimits);
  const requests = new RequestMetrics(app.server, PATHS);
  const prices = pricesSettings && new PricesClient(pricesSettings, log);
  // a sample moves on with every search, so that the same query has another answer each time.
  const cache = mode.name === 'full' && cacheLimits.bytes > 0 ? new AnswerCache(cacheLimits) : undefined;
  const sources = [requests, new ProcessMetrics(), shedding, cache, prices].filter((source) => source !== undefined);
  app.addHook('onClose', async () => {
    requests.close();
    shedding.close();
  });
  app.register(descriptionRoute, { catalogueSize: catalogue.size, mode });
  app.register(docsRoute);
  app.register(healthRoute, { isDraining, prices });
  app.register(metricsRoute, { sources });
  app.register(searchRoute, { search: createSearch(catalogue, mode), answers: new AnswerWriter(catalogue), shedding, cache, prices });
}

function refuseSchemas(): never {
  throw new Error('a route must have no schema: readQuery checks queries, and answers are written as text');
}
