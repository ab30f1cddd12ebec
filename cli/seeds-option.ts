import type { Command } from 'commander';
import { MOST_SEEDS } from '../src/forecast/band';
import { wholeNumber } from './shared-options';

/** What commander makes of the option. */
export interface SeedsOption {
  readonly seeds?: string;
}

/** Adds the option that says how many runs are looked at. */
export function addSeeds(command: Command): Command {
  return command.option('--seeds <count>', 'how many seeds the band of numbers is taken over (default: 100, fewer for days of traffic)');
}

/** Reads the option. */
export function seedsOf({ seeds }: SeedsOption): number | undefined {
  return seeds === undefined ? undefined : wholeNumber('--seeds', seeds, 1, MOST_SEEDS);
}
