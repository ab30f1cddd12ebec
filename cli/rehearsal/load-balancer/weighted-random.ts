import type { Router } from './router';
import type { Target } from './target';

/** Any target, by chance. All have the same weight: anomalies, which would lower one, are not looked for. */
export class WeightedRandom implements Router {
  private serving: readonly Target[] = [];

  /** @param chance gives a number from 0 up to but not including 1. */
  public constructor(private readonly chance: () => number = Math.random) {}

  public update(serving: readonly Target[]): void {
    this.serving = serving;
  }

  public next(): Target {
    return this.serving[Math.floor(this.chance() * this.serving.length)]!;
  }
}
