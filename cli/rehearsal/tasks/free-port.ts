import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';

const HOST = '127.0.0.1';

/** The ports handed out so far; the system may well offer one again before its task listens on it. */
const handedOut = new Set<number>();

/** A port of this machine on which nobody listens, and which nobody else in this process was given. */
export async function freePort(): Promise<number> {
  const port = await offeredPort();
  if (handedOut.has(port)) return freePort();
  handedOut.add(port);
  return port;
}

async function offeredPort(): Promise<number> {
  const server = createServer().listen(0, HOST);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
