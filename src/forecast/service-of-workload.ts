import type { Workload } from '../scenario/workload';
import { evenShare } from './even-share';
import type { Service } from './latency';
import { quotaWindows } from './quota-windows';

const MODELS = { 'even-share': evenShare, 'quota-windows': quotaWindows } satisfies Record<Workload['latencyModel'], unknown>;

/** A task with so many cores as a server, by the latency model that the workload names. */
export function serviceOf(workload: Workload, vcpu: number): Service {
  return MODELS[workload.latencyModel](workload, vcpu);
}
