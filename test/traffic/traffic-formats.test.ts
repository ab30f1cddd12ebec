import { expect, test } from 'vitest';
import { importTraffic } from '../../src/traffic/traffic-formats';
import { formatTraffic } from '../../src/traffic/traffic-phases';

test.each([
  ['a trace', 't,rps\n0,10\n60,20', 'rps 10 for 1m, rps 20 for 1m'],
  ['k6 options', '{"stages": [{"duration": "1m", "target": 5}]}', 'users 1..5 one by one think 1s for 1m'],
  ['a Locust test', '{"users": 10, "spawn_rate": 1, "run_time": 60}', 'users 1..10 every 1s think 1s for 9s, users 10 think 1s for 51s'],
  ['the stages of a Locust shape', '[{"duration": 60, "users": 10, "spawn_rate": 10}]', 'users 10 think 1s for 1m'],
])('%s is recognized by its text', (_, text, words) => {
  expect(formatTraffic(importTraffic(text, { thinkSeconds: 1, requestsPerIteration: 1 }))).toBe(words);
});
