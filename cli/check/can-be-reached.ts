import { once } from 'node:events';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { failureInWords } from '../rehearsal/failure-in-words';
import type { CheckedTask } from './checked-task';
import { type Finding, failed, notTried, ok } from './finding';

const TIMEOUT_MILLIS = 2000;

/** Connects to another address of this machine than the one that only the machine itself can use. */
export async function canBeReached(task: CheckedTask): Promise<Finding> {
  if (task.parts.onEngine !== undefined) return ok('it is reached from outside of its container, not only on its own 127.0.0.1');
  const address = otherAddress();
  if (address === undefined) return notTried('this machine has no address but 127.0.0.1');
  const failure = await connectFailure(task.port, address);
  if (failure === undefined) return ok(`it listens on ${address} too, not only on 127.0.0.1`);
  return failed(
    `${failure} at ${address}, while 127.0.0.1 answers: a load balancer could not connect`,
    "listen on all addresses, server.listen(port) or host: '0.0.0.0', not on localhost",
  );
}

/** On Linux all of 127.0.0.0/8 is this machine, which needs no network. */
function otherAddress(): string | undefined {
  if (process.platform === 'linux') return '127.0.0.2';
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return all.find(({ family, internal }) => family === 'IPv4' && !internal)?.address;
}

async function connectFailure(port: number, host: string): Promise<string | undefined> {
  const socket = connect({ port, host });
  try {
    await once(socket, 'connect', { signal: AbortSignal.timeout(TIMEOUT_MILLIS) });
    return undefined;
  } catch (error) {
    return failureInWords(error as Error, TIMEOUT_MILLIS / 1000);
  } finally {
    socket.destroy();
  }
}
