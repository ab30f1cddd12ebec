import type { Client } from '../../../src/scenario/client';
import type { Traffic } from '../../../src/scenario/traffic';
import type { Time } from '../../../src/time/time';

/** The traffic of a rehearsal, whoever makes it. */
export interface RehearsedTraffic {
  /** How it fares, as the timeline sees it. */
  readonly client: Client;
  /** Rejects when nobody can make it any more; never settles otherwise. */
  readonly lost: Promise<never>;
  /** The last failure that a client saw, in words. */
  readonly lastFailure?: string;
  /** How far the requests stayed behind what was asked for, in a sentence. */
  readonly shortfall?: string;
  /** Another look at how it fares, which takes nothing away from the first. */
  watcher(): Client;
  /** Keeps the first tasks busy for a moment, uncounted: a scenario begins with tasks that have run for long. */
  warmUp(): Promise<void>;
  /** Lets arrive what the traffic of the scenario says, from now on. */
  follow(traffic: Traffic, time: Time): void;
  stop(): Promise<unknown>;
}
