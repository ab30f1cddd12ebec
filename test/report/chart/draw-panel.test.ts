import { describe, expect, test } from 'vitest';
import { linearScale } from '../../../src/report/chart/chart-frame';
import { areaPath, linePath } from '../../../src/report/chart/draw-panel';

/** A drawing of 100 by 100 for 10 seconds and values to 10. */
const AXES = { time: linearScale([0, 10], [0, 100]), value: linearScale([0, 10], [100, 0]) };

describe('a line', () => {
  test('is interrupted where it has no value', () => {
    const line = [
      { atSeconds: 0, value: 0 },
      { atSeconds: 2, value: 1 },
      { atSeconds: 4 },
      { atSeconds: 6, value: 2 },
      { atSeconds: 8, value: 3 },
    ];
    expect(linePath(line, AXES)).toBe('M0,100L20,90M60,80L80,70');
  });

  test('is one stroke where it is level, however many points repeat', () => {
    const line = [0, 1, 1, 2, 3, 3].map((atSeconds) => ({ atSeconds, value: 5 }));
    expect(linePath([...line, { atSeconds: 3, value: 6 }, { atSeconds: 4, value: 6 }], AXES)).toBe('M0,50L30,50L30,40L40,40');
  });

  test('of nothing is nothing', () => {
    expect(linePath([], AXES)).toBe('');
  });
});

describe('an area', () => {
  test('reaches down to the bottom of the panel', () => {
    expect(
      areaPath(
        [
          { atSeconds: 0, value: 5 },
          { atSeconds: 10, value: 10 },
        ],
        AXES,
      ),
    ).toBe('M0,50L100,0L100,100L0,100Z');
  });

  test('reaches down to its floor, where it has one', () => {
    const line = [
      { atSeconds: 0, value: 5, floor: 1 },
      { atSeconds: 10, value: 10, floor: 2 },
    ];
    expect(areaPath(line, AXES)).toBe('M0,50L100,0L100,80L0,90Z');
  });
});
