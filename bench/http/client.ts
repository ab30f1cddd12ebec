// Sends requests for some seconds, as an open load or a closed load, and prints the results.

import { ClosedLoad } from '../../rehearsal/load-generator/closed-load';
import { HttpClient } from '../../rehearsal/load-generator/http-client';
import { OpenLoad } from '../../rehearsal/load-generator/open-load';
import { percentileSeconds } from '../../rehearsal/request-log/latency-histogram';
import { countsBetween, RequestLog } from '../../rehearsal/request-log/request-log';
import { failedCount } from '../../src/run/failures';
import type { ClientSetup, Fared } from './sent-by';

const WARM_UP_MILLIS = 1000;
const LAST_RESPONSES_SECONDS = 5;

const { url, users, perSecond, seconds }: ClientSetup = JSON.parse(process.argv[2]!);
const record = new RequestLog(RequestLog.allocateMemory());
const client = new HttpClient(url, record);
const [closed, open] = [new ClosedLoad(client, ['/']), new OpenLoad(client, ['/'])];

function pass(millis: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, millis));
}

async function main(): Promise<void> {
  closed.setUsers({ count: users, thinkSeconds: 0 });
  open.setRate(perSecond);
  await pass(WARM_UP_MILLIS);
  const [before, cpuBefore, beganAtMillis] = [record.read(), process.cpuUsage(), performance.now()];
  process.send!('begun');
  await pass(seconds * 1000);
  const [after, cpu, took] = [record.read(), process.cpuUsage(cpuBefore), (performance.now() - beganAtMillis) / 1000];
  const {
    sentCount: sent,
    dueCount: asked,
    servedCount: answered,
    failures,
    latencyBuckets,
    latenessBuckets,
  } = countsBetween(before, after);
  const percentileMillis = (share: number, of: Uint32Array): number => 1000 * (percentileSeconds(of, share) ?? 0);
  const fared: Fared = {
    sent,
    asked,
    answered,
    failed: failedCount(failures),
    seconds: took,
    cpuSeconds: (cpu.user + cpu.system) / 1e6,
    p50Millis: percentileMillis(0.5, latencyBuckets),
    p99Millis: percentileMillis(0.99, latencyBuckets),
    lateMillis: percentileMillis(0.99, latenessBuckets),
  };
  process.send!(fared);
  closed.setUsers({ count: 0, thinkSeconds: 0 });
  open.setRate(0);
  await client.waitForResponses(LAST_RESPONSES_SECONDS);
  process.exit(0);
}

void main();
