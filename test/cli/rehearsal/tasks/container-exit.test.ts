import { expect, test } from 'vitest';
import { codeOrSignal } from '../../../../cli/rehearsal/tasks/container-exit';

test.each([
  [0, { code: 0, signal: null }],
  [3, { code: 3, signal: null }],
  [137, { code: null, signal: 'SIGKILL' }],
  [143, { code: null, signal: 'SIGTERM' }],
  [255, { code: 255, signal: null }],
  [null, { code: null, signal: null }],
])('an engine that says %j means %j', (code, end) => {
  expect(codeOrSignal(code)).toEqual(end);
});
