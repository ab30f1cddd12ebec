import type { CatalogueSource } from './catalogue/catalogue-source.js';
import { Environment } from './environment.js';
import type { TracingSettings } from './observability/tracing.js';
import type { OverloadLimits } from './overload/load-shedding.js';
import type { PricesSettings } from './prices/prices.js';
import type { CacheLimits } from './responses/response-cache.js';
import type { SearchMode } from './search/search-mode.js';

/** The settings of the service, from environment variables; README.md has the table. */
export interface Configuration {
  readonly port: number;
  readonly host: string;
  readonly source: CatalogueSource;
  readonly mode: SearchMode;
  readonly cacheLimits: CacheLimits;
  readonly overloadLimits: OverloadLimits;
  readonly pricesSettings?: PricesSettings;
  readonly tracingSettings?: TracingSettings;
  readonly logLevel: (typeof LOG_LEVELS)[number];
  readonly keepAliveTimeoutSeconds: number;
  readonly drainSeconds: number;
}

/** One or more environment variables are invalid; the message has a line for each. */
export class ConfigurationError extends Error {
  constructor(errors: readonly string[], options?: ErrorOptions) {
    super(errors.join('\n'), options);
  }
}

/** As many as may be generated or read. */
const MAX_PRODUCTS = 1_000_000;

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

const HOST = { pattern: /^[\w.:%-]+$/, says: 'be a host name or an IP address' };
const SOURCE = { pattern: /^.+\.(?:ndjson|csv)$/s, says: 'be a file or s3://bucket/key that ends in .ndjson or .csv' };
const URL_RULE = { pattern: { test: isUrl }, says: 'be a URL that starts with http:// or https://, without a user name' };
const NAME = { pattern: /^\S.{0,99}$/, says: 'be a name of 1 to 100 characters' };
const RATIO = { pattern: /^(?:0(?:\.\d+)?|1(?:\.0+)?)$/, says: 'be a number from 0 to 1' };

/** Reads the configuration, or throws with all validation errors at once. */
export function readConfiguration(variables: NodeJS.ProcessEnv): Configuration {
  const environment = new Environment(variables);
  const configuration = {
    ...readNetwork(environment),
    ...readLoad(environment),
    pricesSettings: readPrices(environment),
    tracingSettings: readTracing(environment),
  };
  if (environment.errors.length > 0) throw new ConfigurationError(environment.errors);
  return configuration;
}

function readNetwork(environment: Environment) {
  return {
    port: environment.wholeNumber('PORT', { from: 0, to: 65_535, otherwise: 8080 }),
    host: environment.text('HOST', HOST, '0.0.0.0'),
    logLevel: environment.oneOf('LOG_LEVEL', LOG_LEVELS, 'info'),
    // above the 60 s after which a load balancer drops an idle connection: the service must not close first, or a request
    // already on its way gets a 502.
    keepAliveTimeoutSeconds: environment.wholeNumber('KEEP_ALIVE_TIMEOUT_SECONDS', { from: 1, to: 4_100, otherwise: 65 }),
    // ends before the 120 s that ECS waits at most between SIGTERM and SIGKILL.
    drainSeconds: environment.wholeNumber('DRAIN_SECONDS', { from: 0, to: 110, otherwise: 5 }),
  };
}

function readLoad(environment: Environment) {
  const source = readSource(environment);
  return {
    source,
    mode: readMode(environment, source.kind === 'generated' ? source.size : MAX_PRODUCTS),
    cacheLimits: {
      bytes: environment.wholeNumber('RESPONSE_CACHE_MB', { from: 0, to: 256, otherwise: 4 }) * 1_000_000,
      seconds: environment.wholeNumber('RESPONSE_CACHE_SECONDS', { from: 1, to: 86_400, otherwise: 60 }),
    },
    overloadLimits: {
      concurrency: environment.wholeNumber('MAX_CONCURRENCY', { from: 1, to: 100_000, otherwise: 1000 }),
      eventLoopDelayMilliseconds: environment.wholeNumber('MAX_EVENT_LOOP_DELAY_MS', { from: 1, to: 60_000, otherwise: 500 }),
    },
  };
}

function readSource(environment: Environment): CatalogueSource {
  const size = environment.wholeNumber('CATALOGUE_SIZE', { from: 1, to: MAX_PRODUCTS, otherwise: 100_000 });
  const seed = environment.wholeNumber('CATALOGUE_SEED', { from: 0, to: 2 ** 32 - 1, otherwise: 1 });
  const silenceSeconds = environment.wholeNumber('CATALOGUE_SILENCE_SECONDS', { from: 1, to: 600, otherwise: 10 });
  if (!environment.has('CATALOGUE_SOURCE')) return { kind: 'generated', size, seed };
  const path = environment.text('CATALOGUE_SOURCE', SOURCE, 'none.csv');
  const format = path.endsWith('.csv') ? 'csv' : 'ndjson';
  const [, bucket, key] = /^s3:\/\/([^/]+)\/(.+)$/s.exec(path) ?? [];
  return bucket === undefined ? { kind: 'file', path, format } : { kind: 's3', bucket, key, format, silenceSeconds };
}

/** SAMPLE_SIZE alone selects the sample mode. */
function readMode(environment: Environment, catalogueSize: number): SearchMode {
  const name = environment.oneOf('SEARCH_MODE', ['full', 'sample'], environment.has('SAMPLE_SIZE') ? 'sample' : 'full');
  if (name === 'full') {
    environment.mustBeLeftOut('SAMPLE_SIZE', 'SEARCH_MODE is full');
    return { name };
  }
  const sampleSize = environment.wholeNumber('SAMPLE_SIZE', { from: 1, to: catalogueSize, otherwise: Math.min(100, catalogueSize) });
  return { name, sampleSize };
}

function readPrices(environment: Environment): PricesSettings | undefined {
  const settings = {
    timeoutMilliseconds: environment.wholeNumber('PRICES_TIMEOUT_MS', { from: 1, to: 60_000, otherwise: 200 }),
    concurrency: environment.wholeNumber('PRICES_CONCURRENCY', { from: 1, to: 10_000, otherwise: 50 }),
    breakerFailures: environment.wholeNumber('PRICES_BREAKER_FAILURES', { from: 1, to: 1000, otherwise: 5 }),
    breakerSeconds: environment.wholeNumber('PRICES_BREAKER_SECONDS', { from: 1, to: 3600, otherwise: 10 }),
  };
  if (!environment.has('PRICES_URL')) return undefined;
  return { url: environment.text('PRICES_URL', URL_RULE, 'http://localhost'), ...settings };
}

/** By the names of OpenTelemetry's own variables. */
function readTracing(environment: Environment): TracingSettings | undefined {
  const settings = {
    serviceName: environment.text('OTEL_SERVICE_NAME', NAME, 'search-service'),
    ratio: Number(environment.text('OTEL_TRACES_SAMPLER_ARG', RATIO, '1')),
  };
  if (!environment.has('OTEL_EXPORTER_OTLP_ENDPOINT')) return undefined;
  return { endpoint: environment.text('OTEL_EXPORTER_OTLP_ENDPOINT', URL_RULE, 'http://localhost'), ...settings };
}

/** Whether a request can be sent there: `fetch` rejects a URL with a user name. */
function isUrl(text: string): boolean {
  if (!/^https?:\/\/\S+$/.test(text) || !URL.canParse(text)) return false;
  const { username, password } = new URL(text);
  return username === '' && password === '';
}
