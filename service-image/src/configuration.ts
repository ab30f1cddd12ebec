import type { CacheLimits } from './answers/answer-cache.js';
import { Environment } from './environment.js';
import type { SearchMode } from './search/search-mode.js';

/** What may be set from outside; README.md has the table. */
export interface Configuration {
  readonly port: number;
  readonly host: string;
  readonly catalogueSize: number;
  readonly catalogueSeed: number;
  readonly mode: SearchMode;
  readonly cacheLimits: CacheLimits;
  readonly logLevel: (typeof LOG_LEVELS)[number];
  readonly keepAliveTimeoutSeconds: number;
  readonly drainSeconds: number;
}

/** The environment breaks one rule or several; the message has a line for each. */
export class ConfigurationError extends Error {
  constructor(mistakes: readonly string[]) {
    super(mistakes.join('\n'));
  }
}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

const HOST = { pattern: /^[\w.:%-]+$/, says: 'be a host name or an IP address' };

/** Reads the configuration, or fails with every mistake at once. */
export function readConfiguration(variables: NodeJS.ProcessEnv): Configuration {
  const environment = new Environment(variables);
  const configuration = { ...readNetwork(environment), ...readLoad(environment) };
  if (environment.mistakes.length > 0) throw new ConfigurationError(environment.mistakes);
  return configuration;
}

function readNetwork(environment: Environment) {
  return {
    port: environment.wholeNumber('PORT', { from: 0, to: 65_535, otherwise: 8080 }),
    host: environment.text('HOST', HOST, '0.0.0.0'),
    logLevel: environment.oneOf('LOG_LEVEL', LOG_LEVELS, 'info'),
    // above the 60 s after which a load balancer drops an idle connection: whoever closes first must not be the service, or
    // a request already on its way is answered with 502.
    keepAliveTimeoutSeconds: environment.wholeNumber('KEEP_ALIVE_TIMEOUT_SECONDS', { from: 1, to: 4_100, otherwise: 65 }),
    // ends before the 120 s that ECS waits at most between asking and killing.
    drainSeconds: environment.wholeNumber('DRAIN_SECONDS', { from: 0, to: 110, otherwise: 5 }),
  };
}

function readLoad(environment: Environment) {
  const catalogueSize = environment.wholeNumber('CATALOGUE_SIZE', { from: 1, to: 1_000_000, otherwise: 100_000 });
  return {
    catalogueSize,
    catalogueSeed: environment.wholeNumber('CATALOGUE_SEED', { from: 0, to: 2 ** 32 - 1, otherwise: 1 }),
    mode: readMode(environment, catalogueSize),
    cacheLimits: {
      characters: environment.wholeNumber('ANSWER_CACHE_MB', { from: 0, to: 256, otherwise: 4 }) * 1_000_000,
      seconds: environment.wholeNumber('ANSWER_CACHE_SECONDS', { from: 1, to: 86_400, otherwise: 60 }),
    },
  };
}

/** Who chooses the size of a sample wants samples, and need not say so twice. */
function readMode(environment: Environment, catalogueSize: number): SearchMode {
  const name = environment.oneOf('SEARCH_MODE', ['full', 'sample'], environment.has('SAMPLE_SIZE') ? 'sample' : 'full');
  const sampleSize = environment.wholeNumber('SAMPLE_SIZE', { from: 1, to: catalogueSize, otherwise: Math.min(100, catalogueSize) });
  return name === 'full' ? { name } : { name, sampleSize };
}
