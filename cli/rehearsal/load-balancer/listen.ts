import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { InvalidInput } from '../../../src/plan/invalid-input';

/** Connections that may wait to be accepted. With Node's 511, a step in load would lose connections and look like a slow service. */
const BACKLOG = 8192;

/** Listens on a port of this machine, 0 for any free one, and says which it is. */
export async function listen(server: Server, port: number): Promise<number> {
  try {
    server.listen({ port, host: '127.0.0.1', backlog: BACKLOG });
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    throw new InvalidInput([`port must be free, got ${port}: another program listens there; leave --port out to take any free port`]);
  }
}

/** Throws InvalidInput where something listens on a port, so that nobody waits for a rehearsal that cannot begin. */
export async function refusePortInUse(port: number): Promise<void> {
  const server = createServer();
  await listen(server, port);
  server.close();
  await once(server, 'close');
}
