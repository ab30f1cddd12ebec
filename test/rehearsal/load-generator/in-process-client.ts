import { onTestFinished } from 'vitest';
import { ClosedLoad } from '../../../rehearsal/load-generator/closed-load';
import { HttpClient } from '../../../rehearsal/load-generator/http-client';
import { type RequestCounters, RequestLog } from '../../../rehearsal/request-log/request-log';

/** A client in the process of the test. */
export interface InProcessClient {
  readonly client: HttpClient;
  /** Its counters so far. */
  counts(): RequestCounters;
}

/** A client whose pending requests end with the test. */
export function clientOf(url: string, idleTimeoutSeconds?: number): InProcessClient {
  const log = new RequestLog(RequestLog.allocateMemory());
  const client = new HttpClient(url, log, idleTimeoutSeconds);
  onTestFinished(async () => void (await client.waitForResponses(0)));
  return { client, counts: () => log.read() };
}

/** A closed load that ends with the test. */
export function usersOf(client: InProcessClient, paths: readonly string[] = ['/']): ClosedLoad {
  const load = new ClosedLoad(client.client, paths);
  onTestFinished(() => load.setUsers({ count: 0, thinkSeconds: 0 }));
  return load;
}
