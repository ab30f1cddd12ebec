// Fastify as the service has it, for peers that have no modules of their own.
import { createRequire } from 'node:module';

export const { fastify } = createRequire(new URL('../../../service-image/package.json', import.meta.url))('fastify');
