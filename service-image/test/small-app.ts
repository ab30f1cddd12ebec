import type { FastifyInstance, FastifyServerOptions } from 'fastify';
import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import { type AppParts, buildApp } from '../src/app.js';
import { generateCatalogue } from '../src/catalogue/generated-catalogue.js';

const PARTS: AppParts = {
  catalogue: generateCatalogue({ size: 200, seed: 1 }),
  mode: { name: 'full' },
  cacheLimits: { bytes: 1_000_000, seconds: 60 },
  overloadLimits: { concurrency: 100, eventLoopDelayMilliseconds: 60_000 },
  log: pino({ level: 'silent' }),
  isDraining: () => false,
};

/** An app over 200 products, closed with the test that asked for it. */
export function smallApp(parts: Partial<AppParts> = {}, options: FastifyServerOptions = {}): FastifyInstance {
  const app = buildApp({ ...PARTS, ...parts }, options);
  onTestFinished(() => app.close());
  return app;
}
