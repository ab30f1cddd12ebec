import { expect } from 'vitest';

/** Looks again and again until what is seen is as expected; the limit is for a machine that is busy with something else. */
export function eventually<T>(look: () => T): ReturnType<typeof expect.poll<T>> {
  return expect.poll(look, { timeout: 20_000, interval: 5 });
}
