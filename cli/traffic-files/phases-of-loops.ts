import { InputError } from '../../src/parse/input-error';
import { iterationSeconds, type KnownIteration, waitsPerRequest } from '../../src/traffic/iteration';
import type { TrafficPhase } from '../../src/traffic/traffic-phases';

/** Users that start one after the other, and repeat their iteration. */
interface Loops {
  readonly users: number;
  readonly rampSeconds: number;
  readonly loops: number;
}

/** Users that each end after their loops: they go as they came. Where one ends before the last one starts, they are a rate. */
export function phasesOfLoops({ users, rampSeconds, loops }: Loops, iteration: KnownIteration, name: string): TrafficPhase[] {
  const seconds = loops * iterationSeconds(iteration);
  if (seconds === 0)
    throw new InputError([
      `${name} ends with its loops, and how long they take is not known: give --think, or write the traffic, as in "users 10 for 5m"`,
    ]);
  // the last user starts a step before the end of the ramp.
  const wholeSeconds = Math.max(1, (rampSeconds * (users - 1)) / users + seconds);
  if (seconds <= rampSeconds || wholeSeconds === 1) {
    const perSecond = (users * loops * (iteration.requestsPerIteration ?? 1)) / wholeSeconds;
    return [{ kind: 'rps', from: perSecond, to: perSecond, thinkSeconds: 0, durationSeconds: wholeSeconds }];
  }
  const waits = waitsPerRequest(iteration);
  const phase = (from: number, to: number, durationSeconds: number): TrafficPhase => ({
    ...{ kind: 'users', from, to, ...waits, durationSeconds },
    ...(from === to ? {} : { isOneByOne: true }),
  });
  const phases = [phase(0, users, rampSeconds), phase(users, users, seconds - rampSeconds), phase(users, 0, rampSeconds)];
  return phases.filter(({ durationSeconds }) => durationSeconds > 0);
}
