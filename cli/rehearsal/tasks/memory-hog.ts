import { spawn } from 'node:child_process';
import type { TaskChild } from './confinement';

/** Takes 16 MiB at a time, up to 1.6 GiB a second where it gets the CPU for it, and uses every page of them. */
export const MEMORY_HOG = 'const held = []; setInterval(() => held.push(Buffer.alloc(16 * 2 ** 20, 1)), 10)';

/** Starts a process that takes memory until something ends it. */
export function spawnMemoryHog(): TaskChild {
  return spawn(process.execPath, ['-e', MEMORY_HOG], { detached: true, env: {}, stdio: ['ignore', 'pipe', 'pipe'] });
}
