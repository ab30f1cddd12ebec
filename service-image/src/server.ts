// first, because loading everything else takes a while.
import './stop-signals.js';
import { inspect } from 'node:util';
import { type FastifyBaseLogger, type FastifyInstance, type FastifyServerOptions, LogController } from 'fastify';
import { pino } from 'pino';
import { buildApp } from './app.js';
import { CatalogueError } from './catalogue/catalogue-error.js';
import { catalogueName, loadCatalogue } from './catalogue/catalogue-source.js';
import { type Configuration, ConfigurationError, readConfiguration } from './configuration.js';
import { Draining } from './draining.js';
import { listen } from './listen.js';
import { requestLogger } from './observability/request-log.js';
import { onStopSignal } from './stop-signals.js';

/** Reads the environment, opens the port and handles signals. No other file of the service does any of these, or exits. */
async function start(): Promise<void> {
  const configuration = readConfiguration(process.env);
  const { source, mode, tracingSettings, drainSeconds, logLevel } = configuration;
  const log = pino({ level: logLevel });
  const draining = new Draining(log);
  if (source.kind !== 'generated') log.info({ source: catalogueName(source) }, 'Loading the catalogue');
  const catalogue = await loadCatalogue(source);
  const tracing = tracingSettings && (await import('./observability/tracing.js')).startTracing(tracingSettings);
  const app = buildApp({ ...configuration, catalogue, tracing, log, isDraining: draining.hasBegun }, serverOptions(configuration, log));
  handleSignals(app, draining, drainSeconds);
  log.info({ port: await listen(app, configuration), catalogueSize: catalogue.size, searchMode: mode.name }, 'Ready');
}

function handleSignals(app: FastifyInstance, draining: Draining, drainSeconds: number): void {
  onStopSignal(async () => {
    if (draining.hasBegun()) process.exit(1);
    await draining.run(app, drainSeconds);
    process.exit(0);
  });
}

/** With a logger, Fastify listens to every response, which costs more than most responses: it gets one at levels that log requests. */
function serverOptions({ logLevel, keepAliveTimeoutSeconds }: Configuration, log: FastifyBaseLogger): FastifyServerOptions {
  const seesRequests = ['debug', 'trace'].includes(logLevel);
  return {
    ...(seesRequests && {
      loggerInstance: log,
      logController: new LogController(),
      childLoggerFactory: requestLogger(log),
    }),
    keepAliveTimeout: keepAliveTimeoutSeconds * 1000,
  };
}

start().catch((error) => {
  process.stderr.write(`${error instanceof ConfigurationError || error instanceof CatalogueError ? error.message : inspect(error)}\n`);
  process.exit(1);
});
