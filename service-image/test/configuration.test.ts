import { describe, expect, test } from 'vitest';
import { ConfigurationError, readConfiguration } from '../src/configuration.js';

describe('with nothing set', () => {
  test('searches the whole catalogue, on port 8080', () => {
    expect(readConfiguration({})).toEqual({
      port: 8080,
      host: '0.0.0.0',
      source: { kind: 'generated', size: 100_000, seed: 1 },
      mode: { name: 'full' },
      cacheLimits: { bytes: 4_000_000, seconds: 60 },
      overloadLimits: { concurrency: 1000, eventLoopDelayMilliseconds: 500 },
      logLevel: 'info',
      keepAliveTimeoutSeconds: 65,
      drainSeconds: 5,
    });
  });

  test('looks at the whole of a catalogue that is smaller than a sample', () => {
    expect(readConfiguration({ CATALOGUE_SIZE: '30', SEARCH_MODE: 'sample' })).toMatchObject({ mode: { name: 'sample', sampleSize: 30 } });
  });
});

test.each([
  ['PORT', '0', { port: 0 }],
  ['PORT', '65535', { port: 65_535 }],
  ['HOST', '::1', { host: '::1' }],
  ['CATALOGUE_SIZE', '1', { source: { kind: 'generated', size: 1, seed: 1 } }],
  ['CATALOGUE_SIZE', '1000000', { source: { kind: 'generated', size: 1_000_000, seed: 1 } }],
  ['CATALOGUE_SEED', '4294967295', { source: { kind: 'generated', size: 100_000, seed: 4_294_967_295 } }],
  ['SEARCH_MODE', 'full', { mode: { name: 'full' } }],
  ['SEARCH_MODE', 'sample', { mode: { name: 'sample', sampleSize: 100 } }],
  ['SAMPLE_SIZE', '100000', { mode: { name: 'sample', sampleSize: 100_000 } }],
  ['RESPONSE_CACHE_MB', '0', { cacheLimits: { bytes: 0, seconds: 60 } }],
  ['RESPONSE_CACHE_SECONDS', '5', { cacheLimits: { bytes: 4_000_000, seconds: 5 } }],
  ['CATALOGUE_SOURCE', '/data/products.csv', { source: { kind: 'file', path: '/data/products.csv', format: 'csv' } }],
  [
    'CATALOGUE_SOURCE',
    's3://shop/a/b.ndjson',
    { source: { kind: 's3', bucket: 'shop', key: 'a/b.ndjson', format: 'ndjson', silenceSeconds: 10 } },
  ],
  ['PRICES_URL', 'http://prices/v1', { pricesSettings: { url: 'http://prices/v1', timeoutMilliseconds: 200, concurrency: 50 } }],
  [
    'OTEL_EXPORTER_OTLP_ENDPOINT',
    'http://c:4318',
    { tracingSettings: { endpoint: 'http://c:4318', serviceName: 'search-service', ratio: 1 } },
  ],
  ['LOG_LEVEL', 'silent', { logLevel: 'silent' }],
  ['KEEP_ALIVE_TIMEOUT_SECONDS', '4100', { keepAliveTimeoutSeconds: 4100 }],
  ['DRAIN_SECONDS', '110', { drainSeconds: 110 }],
  ['DRAIN_SECONDS', '0', { drainSeconds: 0 }],
])('takes %s=%s', (name, value, expected) => {
  expect(readConfiguration({ [name]: value })).toMatchObject(expected);
});

test.each([
  ['PORT', 'abc', "PORT must be a whole number from 0 to 65535, got 'abc'"],
  ['PORT', '', "PORT must be a whole number from 0 to 65535, got ''"],
  ['PORT', '-1', "PORT must be a whole number from 0 to 65535, got '-1'"],
  ['PORT', '65536', "PORT must be a whole number from 0 to 65535, got '65536'"],
  ['PORT', '80.5', "PORT must be a whole number from 0 to 65535, got '80.5'"],
  ['PORT', '0x50', "PORT must be a whole number from 0 to 65535, got '0x50'"],
  ['PORT', '1e3', "PORT must be a whole number from 0 to 65535, got '1e3'"],
  ['PORT', ' 80', "PORT must be a whole number from 0 to 65535, got ' 80'"],
  ['HOST', '', "HOST must be a host name or an IP address, got ''"],
  ['HOST', 'a b', "HOST must be a host name or an IP address, got 'a b'"],
  ['CATALOGUE_SIZE', '0', "CATALOGUE_SIZE must be a whole number from 1 to 1000000, got '0'"],
  ['CATALOGUE_SEED', '4294967296', "CATALOGUE_SEED must be a whole number from 0 to 4294967295, got '4294967296'"],
  ['SAMPLE_SIZE', '100001', "SAMPLE_SIZE must be a whole number from 1 to 100000, got '100001'"],
  ['SAMPLE_SIZE', '0', "SAMPLE_SIZE must be a whole number from 1 to 100000, got '0'"],
  ['CATALOGUE_SILENCE_SECONDS', '0', "CATALOGUE_SILENCE_SECONDS must be a whole number from 1 to 600, got '0'"],
  ['OTEL_TRACES_SAMPLER_ARG', '2', "OTEL_TRACES_SAMPLER_ARG must be a number from 0 to 1, got '2'"],
  ['OTEL_SERVICE_NAME', '', "OTEL_SERVICE_NAME must be a name of 1 to 100 characters, got ''"],
  ['SEARCH_MODE', 'fast', "SEARCH_MODE must be one of full, sample, got 'fast'"],
  [
    'CATALOGUE_SOURCE',
    'products.xml',
    "CATALOGUE_SOURCE must be a file or s3://bucket/key that ends in .ndjson or .csv, got 'products.xml'",
  ],
  ['PRICES_URL', 'http://[', "PRICES_URL must be a URL that starts with http:// or https://, without a user name, got 'http://['"],
  ['PRICES_URL', 'prices', "PRICES_URL must be a URL that starts with http:// or https://, without a user name, got 'prices'"],
  ['PRICES_TIMEOUT_MS', '0', "PRICES_TIMEOUT_MS must be a whole number from 1 to 60000, got '0'"],
  [
    'OTEL_EXPORTER_OTLP_ENDPOINT',
    'c',
    "OTEL_EXPORTER_OTLP_ENDPOINT must be a URL that starts with http:// or https://, without a user name, got 'c'",
  ],
  ['MAX_CONCURRENCY', '0', "MAX_CONCURRENCY must be a whole number from 1 to 100000, got '0'"],
  ['LOG_LEVEL', 'loud', "LOG_LEVEL must be one of fatal, error, warn, info, debug, trace, silent, got 'loud'"],
  ['KEEP_ALIVE_TIMEOUT_SECONDS', '0', "KEEP_ALIVE_TIMEOUT_SECONDS must be a whole number from 1 to 4100, got '0'"],
  ['DRAIN_SECONDS', '111', "DRAIN_SECONDS must be a whole number from 0 to 110, got '111'"],
])('rejects %s=%j', (name, value, message) => {
  expect(() => readConfiguration({ [name]: value })).toThrow(new ConfigurationError([message]));
});

describe('with several errors', () => {
  test('reports all of them', () => {
    expect(() => readConfiguration({ PORT: 'abc', SAMPLE_SIZE: 'many', LOG_LEVEL: 'INFO' })).toThrow(
      new ConfigurationError([
        "PORT must be a whole number from 0 to 65535, got 'abc'",
        "LOG_LEVEL must be one of fatal, error, warn, info, debug, trace, silent, got 'INFO'",
        "SAMPLE_SIZE must be a whole number from 1 to 100000, got 'many'",
      ]),
    );
  });

  test('does not ignore the size of a sample where none is taken', () => {
    expect(() => readConfiguration({ SEARCH_MODE: 'full', SAMPLE_SIZE: '10' })).toThrow(
      new ConfigurationError(["SAMPLE_SIZE must be left out where SEARCH_MODE is full, got '10'"]),
    );
  });

  test('reports no sample size for an invalid catalogue size', () => {
    expect(() => readConfiguration({ CATALOGUE_SIZE: 'large', SAMPLE_SIZE: '200000' })).toThrow(
      new ConfigurationError(["CATALOGUE_SIZE must be a whole number from 1 to 1000000, got 'large'"]),
    );
  });
});
