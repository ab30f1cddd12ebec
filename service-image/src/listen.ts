import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { type Configuration, ConfigurationError } from './configuration.js';
import { validationError } from './validation-error.js';

/** Opens the port and returns its number, or throws a `ConfigurationError`. */
export async function listen(app: FastifyInstance, { port, host }: Pick<Configuration, 'port' | 'host'>): Promise<number> {
  try {
    await app.listen({ port, host });
  } catch (error) {
    throw new ConfigurationError([listenError({ port, host }, error as NodeJS.ErrnoException)], { cause: error });
  }
  return (app.server.address() as AddressInfo).port;
}

function listenError({ port, host }: { port: number; host: string }, { code }: NodeJS.ErrnoException): string {
  if (code === 'EADDRINUSE') return `PORT ${port} of ${host} is already in use`;
  if (code === 'EACCES') return `PORT ${port} must not be opened by this user: take one above 1023`;
  return `${validationError('HOST', 'be a name or an address of this machine', host)} (${code})`;
}
