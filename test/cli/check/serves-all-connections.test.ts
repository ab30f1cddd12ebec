import { expect, test } from 'vitest';
import { assessConnections } from '../../../cli/check/serves-all-connections';

const connection = (servedCount: number, longestWaitSeconds: number) => ({ servedCount, longestWaitSeconds });
const times = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);

test('connections that are served in turn are no finding, however slow the server is', () => {
  expect(assessConnections(times(16, connection(3000, 0.02)))).toMatchObject({ status: 'ok' });
  expect(assessConnections(times(16, connection(2, 3.5)))).toMatchObject({ status: 'ok' });
});

test('connections that wait while others are served are a warning, also where most of them wait', () => {
  const five = [...times(5, connection(1400, 0.03)), ...times(11, connection(0, 7))];
  expect(assessConnections(five)).toMatchObject({
    status: 'warning',
    reason: expect.stringMatching(/^11 of 16 kept connections waited up to 7\.0 s, while another got 1400 responses/),
  });
});
