import { expect, test } from 'vitest';
import { suspensionRemarks } from '../../../rehearsal/comparison/compare-with-forecast';

test('reports each suspension of the command, with its length on the wall clock', () => {
  expect(suspensionRemarks([])).toEqual([]);
  const suspensions = [
    { atSeconds: 61, wallSeconds: 1.2 },
    { atSeconds: 245.4, wallSeconds: 12.04 },
  ];
  expect(suspensionRemarks(suspensions)).toEqual([
    'this command was suspended for about 1 second of the wall clock at 1:01, while its clock and its tasks continued: the metrics of that time are not meaningful',
    'this command was suspended for about 12 seconds of the wall clock at 4:05, while its clock and its tasks continued: the metrics of that time are not meaningful',
  ]);
});
