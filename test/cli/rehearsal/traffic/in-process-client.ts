import { onTestFinished } from 'vitest';
import { Asker } from '../../../../cli/rehearsal/traffic/asker';
import { ClosedLoad } from '../../../../cli/rehearsal/traffic/closed-load';
import { type TrafficCounts, TrafficRecord } from '../../../../cli/rehearsal/traffic/traffic-record';

/** A client in the process of the test. */
export interface InProcessClient {
  readonly asker: Asker;
  /** What it has counted so far. */
  counts(): TrafficCounts;
}

/** A client whose last requests are over when the test is. */
export function clientOf(url: string, idleTimeoutSeconds?: number): InProcessClient {
  const record = new TrafficRecord(TrafficRecord.memory());
  const asker = new Asker(url, record, idleTimeoutSeconds);
  onTestFinished(async () => void (await asker.finish(0)));
  return { asker, counts: () => record.read() };
}

/** Users who share a client; they leave with the test. */
export function usersOf(client: InProcessClient, paths: readonly string[] = ['/']): ClosedLoad {
  const load = new ClosedLoad(client.asker, paths);
  onTestFinished(() => load.set({ count: 0, thinkSeconds: 0 }));
  return load;
}
