import type { FastifyInstance } from 'fastify';
import { onTestFinished } from 'vitest';
import { type AppParts, buildApp } from '../src/app.js';
import { generateCatalogue } from '../src/catalogue/generated-catalogue.js';

const CATALOGUE = generateCatalogue({ size: 200, seed: 1 });

/** An app over 200 products, closed with the test that asked for it. */
export function smallApp(parts: Partial<AppParts> = {}): FastifyInstance {
  const app = buildApp({ catalogue: CATALOGUE, mode: { name: 'full' }, cacheLimits: { characters: 1e6, seconds: 60 }, isDraining: () => false, ...parts });
  onTestFinished(() => app.close());
  return app;
}
