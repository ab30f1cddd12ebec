// The thread that sends the traffic of a rehearsal, so that nothing else the command does can hold it up.
import { parentPort, workerData } from 'node:worker_threads';
import type { Arrival } from '../../../src/scenario/traffic';
import { Asker } from './asker';
import { ClosedLoad } from './closed-load';
import { OpenLoad } from './open-load';
import { OutageWatch, WATCHED_SECONDS } from './outage-watch';
import type { TrafficNews, TrafficOrder, TrafficSetup } from './traffic-messages';
import { TrafficRecord } from './traffic-record';

const NEWS_MILLIS = 100;

/** How long the last requests may take to be answered. */
const LAST_ANSWERS_SECONDS = 5;

const { url, paths, idleTimeoutSeconds, memory } = workerData as TrafficSetup;
const record = new TrafficRecord(memory);
const asker = new Asker(url, record, idleTimeoutSeconds);
const closedLoad = new ClosedLoad(asker, paths);
const openLoad = new OpenLoad(asker, paths);

parentPort!.on('message', (order: TrafficOrder) => {
  if (order.kind === 'set') arrive(order.arrival, order.limitRequestsPerSecond);
  else void stop();
});

let toldFailure: string | undefined;
setInterval(tellFailure, NEWS_MILLIS);

const outages = new OutageWatch(record, WATCHED_SECONDS);
setInterval(() => outages.look(), WATCHED_SECONDS * 1000);

function arrive({ kind, value, thinkSeconds }: Arrival, limitRequestsPerSecond?: number): void {
  closedLoad.set({ count: kind === 'users' ? value : 0, thinkSeconds, limitRequestsPerSecond });
  openLoad.set(kind === 'rps' ? Math.min(value, limitRequestsPerSecond ?? Number.POSITIVE_INFINITY) : 0);
}

/** Tells the last failure, and not each of them: an outage has thousands in a second. */
function tellFailure(): void {
  const failure = asker.lastFailure;
  if (failure !== undefined && failure !== toldFailure) tell({ kind: 'failure', failure });
  toldFailure = failure;
}

async function stop(): Promise<void> {
  arrive({ kind: 'users', value: 0, thinkSeconds: 0 });
  const unansweredRequests = await asker.finish(LAST_ANSWERS_SECONDS);
  tellFailure();
  tell({ kind: 'stopped', unansweredRequests });
}

function tell(news: TrafficNews): void {
  parentPort!.postMessage(news);
}
