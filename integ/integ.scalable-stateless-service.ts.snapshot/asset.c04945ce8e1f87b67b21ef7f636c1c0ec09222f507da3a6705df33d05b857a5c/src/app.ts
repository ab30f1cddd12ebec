import { type FastifyInstance, type FastifyServerOptions, fastify } from 'fastify';
import type { Catalogue } from './catalogue.js';
import { releaseConnections } from './draining.js';
import { answerMalformedHttp } from './malformed-http.js';
import { refuseMalformedUrl } from './malformed-url.js';
import { answerError } from './problem.js';
import { descriptionRoute } from './routes/description.js';
import { healthRoute } from './routes/health.js';
import { searchRoute } from './routes/search.js';
import { answerUnknown } from './routes/unknown.js';
import { createSearch } from './search.js';

/** What the service is made of. */
export interface AppParts {
  readonly catalogue: Catalogue;
  readonly sampleSize: number;
  readonly isDraining: () => boolean;
}

const SETTINGS: FastifyServerOptions = {
  // a client that sends its request in drops must not hold a connection for ever.
  requestTimeout: 30_000,
  // what arrives on an open connection at the last moment is answered, not refused.
  return503OnClosing: false,
  frameworkErrors: answerError,
  clientErrorHandler: answerMalformedHttp,
  // every mistake of a query is reported, with the value that was refused.
  ajv: { customOptions: { allErrors: true, verbose: true } },
};

/** Builds the service without opening a port, so that a test can call it directly. */
export function buildApp({ catalogue, sampleSize, isDraining }: AppParts, options: FastifyServerOptions = {}): FastifyInstance {
  const app = fastify({ ...SETTINGS, ...options });
  app.addHook('onRequest', releaseConnections(isDraining));
  app.addHook('onRequest', refuseMalformedUrl);
  app.setErrorHandler(answerError);
  app.setNotFoundHandler(answerUnknown);
  ignoreBodies(app);
  app.register(descriptionRoute, { catalogueSize: catalogue.products.length, sampleSize });
  app.register(healthRoute, { isDraining });
  app.register(searchRoute, { search: createSearch(catalogue, sampleSize) });
  return app;
}

/** No route reads a body, and a bad one must not hide that the method is wrong. */
function ignoreBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, _body, done) => done(null));
}
