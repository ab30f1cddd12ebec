// The thread that sends the traffic of a rehearsal, so that other work of the command does not delay requests.
import { parentPort, workerData } from 'node:worker_threads';
import type { Load } from '../../src/traffic/traffic-phases';
import { OUTAGE_CHECK_INTERVAL_SECONDS, OutageDetector, RequestLog } from '../request-log/request-log';
import { ClosedLoad } from './closed-load';
import { HttpClient } from './http-client';
import type { LoadCommand, LoadEvent, LoadSetup } from './load-messages';
import { OpenLoad } from './open-load';

const REPORT_INTERVAL_MILLIS = 100;

/** How long to wait for the last responses after the load has ended. */
const MAX_LAST_RESPONSES_SECONDS = 5;

const { url, paths, idleTimeoutSeconds, headers, memory } = workerData as LoadSetup;
const log = new RequestLog(memory);
const client = new HttpClient(url, log, idleTimeoutSeconds, headers);
const closedLoad = new ClosedLoad(client, paths);
const openLoad = new OpenLoad(client, paths);

parentPort!.on('message', (command: LoadCommand) => {
  if (command.kind === 'set') setLoad(command.load, command.limitRequestsPerSecond);
  else void stop();
});

let reportedFailure: string | undefined;
setInterval(reportLastFailedRequest, REPORT_INTERVAL_MILLIS);

const outageDetector = new OutageDetector(log, OUTAGE_CHECK_INTERVAL_SECONDS);
setInterval(() => outageDetector.check(), OUTAGE_CHECK_INTERVAL_SECONDS * 1000);

/** A rate beside users takes its part of the limit first, as in a forecast. */
function setLoad({ kind, value, thinkSeconds, pacingSeconds, requestsPerSecondBeside = 0 }: Load, limitRequestsPerSecond?: number): void {
  const rate = Math.min(kind === 'rps' ? value : requestsPerSecondBeside, limitRequestsPerSecond ?? Number.POSITIVE_INFINITY);
  const limitOfUsers = limitRequestsPerSecond === undefined ? undefined : limitRequestsPerSecond - rate;
  closedLoad.setUsers({ count: kind === 'users' ? value : 0, thinkSeconds, pacingSeconds, limitRequestsPerSecond: limitOfUsers });
  openLoad.setRate(rate);
}

/** Reports only the last failure, since an outage has thousands of failures in a second. */
function reportLastFailedRequest(): void {
  const failure = client.lastFailure;
  if (failure !== undefined && failure !== reportedFailure) send({ kind: 'failure', failure });
  reportedFailure = failure;
}

async function stop(): Promise<void> {
  setLoad({ kind: 'users', value: 0, thinkSeconds: 0 });
  const unfinishedRequests = await client.waitForResponses(MAX_LAST_RESPONSES_SECONDS);
  reportLastFailedRequest();
  send({ kind: 'stopped', unfinishedRequests });
}

function send(event: LoadEvent): void {
  parentPort!.postMessage(event);
}
