import type { Fault } from '../../src/scenario/fault';

/** A key that does something to the tasks. */
export interface FaultKey {
  readonly key: string;
  /** In a word or two, for the line of keys. */
  readonly label: string;
  /** What is done now. */
  readonly fault: (atSeconds: number) => Fault;
}

const MINUTE_SECONDS = 60;

/**
 * The keys, and what each does: to one task, for as long as it takes to see what comes of it. A health check fails often enough in
 * two minutes for the task to be replaced, and a slow task is seen by three datapoints of an alarm in five.
 */
export const FAULT_KEYS: readonly FaultKey[] = [
  { key: 's', label: 'stop', fault: (atSeconds) => ({ kind: 'stop-task', atSeconds, count: 1 }) },
  { key: 'k', label: 'kill', fault: (atSeconds) => ({ kind: 'kill-task', atSeconds, count: 1 }) },
  { key: 'f', label: 'freeze', fault: (atSeconds) => ({ kind: 'freeze-task', atSeconds, count: 1, durationSeconds: 2 * MINUTE_SECONDS }) },
  {
    key: 'w',
    label: 'slow',
    fault: (atSeconds) => ({ kind: 'slow-task', atSeconds, count: 1, durationSeconds: 5 * MINUTE_SECONDS, speedShare: 0.5 }),
  },
  { key: 'm', label: 'memory', fault: (atSeconds) => ({ kind: 'fill-memory', atSeconds, count: 1 }) },
  {
    key: 'h',
    label: 'health',
    fault: (atSeconds) => ({ kind: 'fail-health-check', atSeconds, count: 1, durationSeconds: 2 * MINUTE_SECONDS }),
  },
  { key: 'c', label: 'crash', fault: (atSeconds) => ({ kind: 'crash-at-start', atSeconds, durationSeconds: 5 * MINUTE_SECONDS }) },
  { key: 'z', label: 'zone', fault: (atSeconds) => ({ kind: 'lose-zone', atSeconds, durationSeconds: 10 * MINUTE_SECONDS }) },
  { key: 'd', label: 'deploy', fault: (atSeconds) => ({ kind: 'deploy', atSeconds }) },
  { key: 'b', label: 'bad deploy', fault: (atSeconds) => ({ kind: 'bad-deployment', atSeconds }) },
  {
    key: 'l',
    label: 'slow dependency',
    fault: (atSeconds) => ({ kind: 'slow-dependency', atSeconds, durationSeconds: 5 * MINUTE_SECONDS, addedSeconds: 0.2 }),
  },
];

/** The fault that a key stands for; undefined for any other key. */
export function faultOfKey(key: string, atSeconds: number): Fault | undefined {
  return FAULT_KEYS.find((one) => one.key === key)?.fault(atSeconds);
}
