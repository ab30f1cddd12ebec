import type { Workload } from '../scenario/workload';
import { evenShare } from './even-share';
import type { TaskServer } from './latency';
import { quotaWindows } from './quota-windows';

const MODELS = { 'even-share': evenShare, 'quota-windows': quotaWindows } satisfies Record<Workload['latencyModel'], unknown>;

/** A task with so many cores as a server, by the latency model that the workload names. */
export function taskServerOf(workload: Workload, vcpu: number): TaskServer {
  return MODELS[workload.latencyModel](workload, vcpu);
}
