import type { Iteration } from '../../src/traffic/iteration';
import type { Traffic } from '../../src/traffic/traffic-phases';

/** Traffic, and the numbers of an iteration that affect it. */
export interface TrafficSource {
  readonly traffic: Traffic;
  readonly iterationFields: readonly (keyof Iteration)[];
}
