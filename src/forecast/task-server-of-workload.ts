import type { Workload } from '../scenario/workload';
import { evenShare } from './even-share';
import type { TaskServer } from './latency';
import { quotaWindows } from './quota-windows';
import { tabulated } from './tabulated-server';

const MODELS = { 'even-share': evenShare, 'quota-windows': quotaWindows } satisfies Record<Workload['latencyModel'], unknown>;
const OTHER = { 'even-share': quotaWindows, 'quota-windows': evenShare } satisfies Record<Workload['latencyModel'], unknown>;

/** A table is the same for every seed of a scenario: it is made once for each workload object and size of task. */
const made = new WeakMap<Workload, Map<number, TaskServer>>();

/** A task with so many cores as a server, by the latency model that the workload names; the other one gives the band. */
export function taskServerOf(workload: Workload, vcpu: number): TaskServer {
  const bySize = made.get(workload) ?? new Map<number, TaskServer>();
  made.set(workload, bySize);
  const server = bySize.get(vcpu) ?? tabulated(MODELS[workload.latencyModel](workload, vcpu), OTHER[workload.latencyModel](workload, vcpu));
  bySize.set(vcpu, server);
  return server;
}
