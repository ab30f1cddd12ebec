import { expect } from 'vitest';

/** Reads a value until it is as expected. The timeout is for a machine that is busy with other work. */
export function eventually<T>(read: () => T): ReturnType<typeof expect.poll<T>> {
  return expect.poll(read, { timeout: 20_000, interval: 5 });
}
