import { expect, test } from 'vitest';
import { Zones } from '../../src/ecs/zones';

test('a zone that is lost twice recovers when the second loss ends', () => {
  const zones = new Zones(2);
  zones.lose(0);
  zones.lose(0);
  expect(zones.recover(0)).toBe(false);
  expect(zones.emptiest([])).toBe(1);
  expect(zones.recover(0)).toBe(true);
  expect(zones.emptiest([])).toBe(0);
});
