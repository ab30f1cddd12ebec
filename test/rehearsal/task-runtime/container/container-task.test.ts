import { expect, test } from 'vitest';
import { codeOrSignal } from '../../../../rehearsal/task-runtime/container/container-task';

test.each([
  [0, { code: 0, signal: null }],
  [3, { code: 3, signal: null }],
  [137, { code: null, signal: 'SIGKILL' }],
  [143, { code: null, signal: 'SIGTERM' }],
  [255, { code: 255, signal: null }],
  [null, { code: null, signal: null }],
])('the exit code %j means %j', (code, end) => {
  expect(codeOrSignal(code)).toEqual(end);
});
