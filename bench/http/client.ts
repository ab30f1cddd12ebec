// Sends requests for some seconds, as many as are due or as so many users send, and prints how they fared.
import { Asker } from '../../cli/rehearsal/traffic/asker';
import { ClosedLoad } from '../../cli/rehearsal/traffic/closed-load';
import { percentileSeconds } from '../../cli/rehearsal/traffic/latency-histogram';
import { OpenLoad } from '../../cli/rehearsal/traffic/open-load';
import { countsBetween, TrafficRecord } from '../../cli/rehearsal/traffic/traffic-record';
import { failedCount } from '../../src/scenario/failures';
import type { ClientSetup, Fared } from './sent-by';

const WARM_UP_MILLIS = 1000;
const LAST_ANSWERS_SECONDS = 5;

const { url, users, perSecond, seconds }: ClientSetup = JSON.parse(process.argv[2]!);
const record = new TrafficRecord(TrafficRecord.memory());
const asker = new Asker(url, record);
const [closed, open] = [new ClosedLoad(asker, ['/']), new OpenLoad(asker, ['/'])];

function pass(millis: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, millis));
}

async function main(): Promise<void> {
  closed.set({ count: users, thinkSeconds: 0 });
  open.set(perSecond);
  await pass(WARM_UP_MILLIS);
  const [before, cpuBefore, beganAtMillis] = [record.read(), process.cpuUsage(), performance.now()];
  process.send!('begun');
  await pass(seconds * 1000);
  const [after, cpu, took] = [record.read(), process.cpuUsage(cpuBefore), (performance.now() - beganAtMillis) / 1000];
  const { sent, asked, answered, failures, buckets, lateBuckets } = countsBetween(before, after);
  const percentileMillis = (share: number, of: Uint32Array): number => 1000 * (percentileSeconds(of, share) ?? 0);
  const fared: Fared = {
    sent,
    asked,
    answered,
    failed: failedCount(failures),
    seconds: took,
    cpuSeconds: (cpu.user + cpu.system) / 1e6,
    p50Millis: percentileMillis(0.5, buckets),
    p99Millis: percentileMillis(0.99, buckets),
    lateMillis: percentileMillis(0.99, lateBuckets),
  };
  process.send!(fared);
  closed.set({ count: 0, thinkSeconds: 0 });
  open.set(0);
  await asker.finish(LAST_ANSWERS_SECONDS);
  process.exit(0);
}

void main();
