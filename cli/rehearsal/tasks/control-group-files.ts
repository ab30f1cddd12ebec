import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { WINDOW_SECONDS } from './cpu-quota';
import { unlessGone } from './proc-file';

/** The period over which a quota holds, in microseconds. */
export const PERIOD_MICROS = WINDOW_SECONDS * 1e6;

/** The kernel takes no smaller quota. */
const LEAST_QUOTA_MICROS = 1000;

/** The CPU time of a period, in microseconds. */
export function quotaMicros(vcpu: number): number {
  return Math.max(LEAST_QUOTA_MICROS, Math.round(vcpu * PERIOD_MICROS));
}

/** What a file of a control group says; nothing where there is no such file, or no longer. */
export function readFile(folder: string, file: string): string {
  return unlessGone(() => readFileSync(join(folder, file), 'latin1')) ?? '';
}

export function writeFile(folder: string, file: string, value: string | number): void {
  writeFileSync(join(folder, file), String(value));
}

/** The number behind a key, in lines such as `oom_kill 1`; 0 where there is none. */
export function keyedNumber(text: string, key: string): number {
  return Number(new RegExp(`^${key} (\\d+)$`, 'm').exec(text)?.[1] ?? 0);
}

export function readProcessIds(folder: string): number[] {
  return readFile(folder, 'cgroup.procs').split('\n').filter(Boolean).map(Number);
}
