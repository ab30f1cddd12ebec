import { type FastifyInstance, type FastifyServerOptions, fastify } from 'fastify';
import { AnswerCache, type CacheLimits } from './answers/answer-cache.js';
import { AnswerWriter } from './answers/answer-writer.js';
import type { Catalogue } from './catalogue/catalogue.js';
import { releaseConnections } from './draining.js';
import { answerMalformedHttp } from './malformed-http.js';
import { refuseMalformedUrl } from './malformed-url.js';
import { answerError } from './problem.js';
import { descriptionRoute } from './routes/description.js';
import { healthRoute } from './routes/health.js';
import { searchRoute } from './routes/search.js';
import { answerUnknown } from './routes/unknown.js';
import { createSearch, type SearchMode } from './search/search-mode.js';

/** What the service is made of. */
export interface AppParts {
  readonly catalogue: Catalogue;
  readonly mode: SearchMode;
  readonly cacheLimits: CacheLimits;
  readonly isDraining: () => boolean;
}

const SETTINGS: FastifyServerOptions = {
  // a client that sends its request in drops must not hold a connection for ever.
  requestTimeout: 30_000,
  // what arrives on an open connection at the last moment is answered, not refused.
  return503OnClosing: false,
  frameworkErrors: answerError,
  clientErrorHandler: answerMalformedHttp,
  // left as text: an answer that is known by its query needs no reading.
  routerOptions: { querystringParser: (text) => text as unknown as Record<string, unknown> },
  // no route has a schema, and making the compilers that Fastify brings for them takes half of the start.
  schemaController: { compilersFactory: { buildValidator: refuseSchemas, buildSerializer: refuseSchemas } },
};

/** Builds the service without opening a port, so that a test can call it directly. */
export function buildApp({ catalogue, mode, cacheLimits, isDraining }: AppParts, options: FastifyServerOptions = {}): FastifyInstance {
  const app = fastify({ ...SETTINGS, ...options });
  app.addHook('onRequest', releaseConnections(isDraining));
  app.addHook('onRequest', refuseMalformedUrl);
  app.setErrorHandler(answerError);
  app.setNotFoundHandler(answerUnknown);
  ignoreBodies(app);
  app.register(descriptionRoute, { catalogueSize: catalogue.size, mode });
  app.register(healthRoute, { isDraining });
  // a sample moves on with every search, so that the same query has another answer each time.
  const cache = mode.name === 'full' && cacheLimits.characters > 0 ? new AnswerCache(cacheLimits) : undefined;
  app.register(searchRoute, { search: createSearch(catalogue, mode), answers: new AnswerWriter(catalogue), cache });
  return app;
}

function refuseSchemas(): never {
  throw new Error('a route must have no schema: readQuery checks queries, and answers are written as text');
}

/** No route reads a body, and a bad one must not hide that the method is wrong. */
function ignoreBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, _body, done) => done(null));
}
