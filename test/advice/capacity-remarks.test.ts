import { describe, expect, test } from 'vitest';
import { trafficExceedsMaxCapacity } from '../../src/advice/capacity-remarks';
import { parseTraffic } from '../../src/traffic/traffic-grammar';
import { MEASURED_SEARCH_WORKLOAD } from '../../src/workload/workload-parameters';
import { outcome, scenario } from './remarked-run';

/** At most six tasks of 0.25 vCPU, each of which serves 250 requests per second. */
function remark(traffic: string): string | undefined {
  const workload = { ...MEASURED_SEARCH_WORKLOAD, cpuSecondsPerRequest: 0.001, idleVcpu: 0 };
  return trafficExceedsMaxCapacity(scenario(undefined, { workload, traffic: parseTraffic(traffic) }), outcome());
}

describe('a rate that no policy could serve', () => {
  test('is named with the tasks that it needs', () => {
    expect(remark('rps 100..1501 for 1h')).toBe(
      '1501 requests per second arrive at the peak, and 6 tasks (maxCapacity) serve 1500 with all their CPU: ' +
        'set maxCapacity to at least 7, or give each task more CPU',
    );
  });

  test.each(['rps 1500 for 1h', 'users 100000 for 1h', 'rps 5000 for 1h, at most 900 rps'])('is not %s', (traffic) => {
    expect(remark(traffic)).toBeUndefined();
  });
});
