import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';

const HOST = '127.0.0.1';

/** The ports that `freePort` has returned; the system may offer one again before its task listens on it. */
const returnedPorts = new Set<number>();

/** A free port of this machine that this process has not returned before. */
export async function freePort(): Promise<number> {
  const port = await systemOfferedPort();
  if (returnedPorts.has(port)) return freePort();
  returnedPorts.add(port);
  return port;
}

async function systemOfferedPort(): Promise<number> {
  const server = createServer().listen(0, HOST);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** The pause between two attempts to connect. */
const RETRY_MILLIS = 50;

/** A connection must stay open for this time: the proxy of a container accepts one before the program inside listens, and closes it a moment later. */
const MIN_OPEN_MILLIS = 50;

/** Waits until a program listens on a port of this machine. Once `signal` is aborted it stops trying, and never resolves. */
export function waitUntilListening(port: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const attempt = (): void => {
      if (signal.aborted) return;
      const socket = connect(port, '127.0.0.1');
      const retry = (): void => {
        socket.destroy();
        clearTimeout(openTimer);
        setTimeout(attempt, RETRY_MILLIS);
      };
      const succeed = (): void => {
        socket.off('close', retry).destroy();
        resolve();
      };
      let openTimer: NodeJS.Timeout | undefined;
      // the end of a connection is only noticed while it is read.
      socket
        .resume()
        .once('connect', () => {
          openTimer = setTimeout(succeed, MIN_OPEN_MILLIS);
        })
        .once('error', () => {})
        .once('close', retry)
        .once('end', () => socket.destroy());
    };
    attempt();
  });
}
