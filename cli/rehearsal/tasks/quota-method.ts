import { refuse } from '../../../src/plan/invalid-input';

/**
 * How the CPU that a task uses becomes known, which its quota is held against.
 *
 * - `measured`: Linux tells it to the nanosecond, at every look.
 * - `estimated`: `ps` tells it a few times a second; between two answers a task
 *   is taken to be as busy, while it runs, as it was between the last two.
 */
export type QuotaMethod = 'measured' | 'estimated';

/** The method in use on this platform, or a given one. */
export function quotaMethod(platform: NodeJS.Platform = process.platform): QuotaMethod {
  refuse(platform === 'win32' ? [NEEDS_SIGNALS] : []);
  return platform === 'linux' ? 'measured' : 'estimated';
}

const NEEDS_SIGNALS =
  'a rehearsal must have signals that stop and continue a process, got Windows, which has none: run it under WSL or on Linux or macOS';
