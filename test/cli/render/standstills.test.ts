import { expect, test } from 'vitest';
import { standstillLines } from '../../../cli/render/standstills';

test('each stretch in which the command stood still is told, with its length on the wall clock', () => {
  expect(standstillLines({ standstills: [] })).toEqual([]);
  const standstills = [
    { atSeconds: 61, wallSeconds: 1.2 },
    { atSeconds: 245.4, wallSeconds: 12.04 },
  ];
  expect(standstillLines({ standstills })).toEqual([
    'this command stood still for about 1 second of the wall clock at 1:01, while its clock and its tasks went on: what scaling saw then says little',
    'this command stood still for about 12 seconds of the wall clock at 4:05, while its clock and its tasks went on: what scaling saw then says little',
  ]);
});
