import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { type FastifyBaseLogger, type FastifyInstance, type FastifyServerOptions, LogController } from 'fastify';
import { pino } from 'pino';
import { buildApp } from './app.js';
import { CatalogueError } from './catalogue/catalogue-error.js';
import { loadCatalogue } from './catalogue/catalogue-source.js';
import { type Configuration, ConfigurationError, readConfiguration } from './configuration.js';
import { Draining } from './draining.js';
import { requestLogger } from './observability/request-log.js';

/** Reads the environment, opens the port and obeys signals. Nothing else in the service does any of these, or exits. */
async function start(): Promise<void> {
  const configuration = readConfiguration(process.env);
  const { port, host, source, mode, tracingSettings, drainSeconds } = configuration;
  const log = pino({ level: configuration.logLevel });
  const draining = new Draining(log);
  let app: FastifyInstance | undefined;

  const stop = async (): Promise<void> => {
    if (draining.hasBegun()) process.exit(1);
    // the first process of a container is asked in vain unless it listens, and a large catalogue takes a while.
    if (app === undefined) process.exit(0);
    await draining.run(app, drainSeconds);
    process.exit(0);
  };
  process.on('SIGTERM', stop).on('SIGINT', stop);

  const catalogue = await loadCatalogue(source);
  const tracing = tracingSettings && (await import('./observability/tracing.js')).startTracing(tracingSettings);
  app = buildApp({ ...configuration, catalogue, tracing, log, isDraining: draining.hasBegun }, serverOptions(configuration, log));
  await app.listen({ port, host });
  log.info({ port: (app.server.address() as AddressInfo).port, catalogueSize: catalogue.size, searchMode: mode.name }, 'Ready');
}

/** Fastify watches every answer for a logger of its own, and that costs more than most answers do; it gets one when all are to be seen. */
function serverOptions({ logLevel, keepAliveTimeoutSeconds }: Configuration, log: FastifyBaseLogger): FastifyServerOptions {
  const seesRequests = ['debug', 'trace'].includes(logLevel);
  return {
    ...(seesRequests && { loggerInstance: log, logController: new LogController(), childLoggerFactory: requestLogger(log) }),
    keepAliveTimeout: keepAliveTimeoutSeconds * 1000,
  };
}

start().catch((error) => {
  process.stderr.write(`${error instanceof ConfigurationError || error instanceof CatalogueError ? error.message : inspect(error)}\n`);
  process.exit(1);
});
