import { taskServerOf } from '../src/forecast/task-server-of-workload';
import { LATENCY_MODELS, type Workload } from '../src/scenario/workload';
import type { MeasuredWorkload } from './rehearsal/measure-workload';

/** The measured workload with the latency model that comes closest to what was seen at the highest rate. */
export function withLatencyModel({ workload, points }: MeasuredWorkload, vcpu: number): Workload {
  const { requestsPerSecond, latencySeconds } = points.at(-1)!;
  const distance = (latencyModel: Workload['latencyModel']): number => {
    const service = taskServerOf({ ...workload, latencyModel }, vcpu);
    return Math.abs(Math.log(service.latencyAt(Math.min(requestsPerSecond, 0.99 * service.capacityPerSecond)).mean / latencySeconds));
  };
  const [first, second] = LATENCY_MODELS;
  return { ...workload, latencyModel: distance(first) < distance(second) ? first : second };
}
