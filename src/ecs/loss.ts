/** How a task was lost, in words: the same in a forecast and in a rehearsal. */
export const LOSS = {
  stopped: 'was stopped',
  killed: 'was killed',
  outOfMemory: 'was killed: OutOfMemory',
  withItsZone: 'was lost with its zone',
  unhealthy: 'failed its health checks',
  atItsStart: 'ended at its start',
} as const;

/** How the recovery of a lost zone is told. */
export const ZONE_RECOVERED = 'the lost zone recovered';

/** How the end of the trouble is told. */
export const REPLACEMENT_HEALTHY = 'a replacement became healthy';
