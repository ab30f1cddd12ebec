import type { Routing } from '../../../src/plan/routing';
import type { Time } from '../../../src/time/time';
import { LeastOutstandingRequests } from './least-outstanding-requests';
import { RoundRobin } from './round-robin';
import type { Router } from './router';
import { SlowStart } from './slow-start';
import { WeightedRandom } from './weighted-random';

/** The router that a target group asks for. */
export function routerOf({ algorithm, slowStartSeconds }: Routing, time: Time): Router {
  switch (algorithm) {
    case 'round_robin':
      return new RoundRobin(new SlowStart(time, slowStartSeconds));
    case 'least_outstanding_requests':
      return new LeastOutstandingRequests();
    case 'weighted_random':
      return new WeightedRandom();
  }
}
