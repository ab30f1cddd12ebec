import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { type Configuration, ConfigurationError } from './configuration.js';
import { mistake } from './mistake.js';

/** Opens the port and returns its number, or fails with a sentence. */
export async function listen(app: FastifyInstance, { port, host }: Pick<Configuration, 'port' | 'host'>): Promise<number> {
  try {
    await app.listen({ port, host });
  } catch (error) {
    throw new ConfigurationError([mistakeIn({ port, host }, error as NodeJS.ErrnoException)], { cause: error });
  }
  return (app.server.address() as AddressInfo).port;
}

function mistakeIn({ port, host }: { port: number; host: string }, { code }: NodeJS.ErrnoException): string {
  if (code === 'EADDRINUSE') return mistake('PORT', `be a port of ${host} that nobody else uses`, port);
  if (code === 'EACCES') return mistake('PORT', 'be a port that this user may open', port);
  return `${mistake('HOST', 'be a name or an address of this machine', host)} (${code})`;
}
