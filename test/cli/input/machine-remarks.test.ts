import { expect, test } from 'vitest';
import { machineRemarks } from '../../../cli/input/rehearsal-scenario';
import { parseTraffic } from '../../../src/traffic/traffic-grammar';
import { MEASURED_SEARCH_WORKLOAD } from '../../../src/workload/workload-parameters';

/** A response takes a second. */
const WORKLOAD = { ...MEASURED_SEARCH_WORKLOAD, cpuSecondsPerRequest: 0.25, baseLatencySeconds: 0.75 };

test.each([
  ['rps 10..100 for 1m', 100],
  ['users 200 think 1s for 1m', 100],
  ['users 300 think 1s pacing 3s for 1m', 100],
  ['users 200 think 1s pacing 1s for 1m', 100],
  ['users 100 think 1s beside rps 20..50 for 1m', 100],
  ['users 150 pacing 3s beside rps 50..20 for 1m', 100],
])('%s is up to %d requests per second, and said to be more than a machine makes only if it is', (words, rate) => {
  const traffic = parseTraffic(words);
  expect(machineRemarks(traffic, WORKLOAD, rate)).toEqual([]);
  expect(machineRemarks(traffic, WORKLOAD, rate - 1)).toEqual([
    expect.stringMatching(new RegExp(`^the traffic is up to about ${rate} requests per second, and this machine makes about ${rate - 1} `)),
  ]);
});
