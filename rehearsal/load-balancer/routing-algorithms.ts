import type { Routing } from '../../src/plan/routing';
import type { Clock } from '../../src/time/clock';
import type { Target } from './target';

/** The router for the routing algorithm of a target group. */
export function createRouter({ algorithm, slowStartSeconds }: Routing, clock: Clock): Router {
  switch (algorithm) {
    case 'round_robin':
      return new RoundRobin(new SlowStart(clock, slowStartSeconds));
    case 'least_outstanding_requests':
      return new LeastOutstandingRequests();
    case 'weighted_random':
      return new WeightedRandom();
  }
}

/** Chooses a target for each request, by a routing algorithm. */
export interface Router {
  /** Sets the targets that get requests: at least one. */
  update(servingTargets: readonly Target[]): void;
  /** The target of the next request. */
  next(): Target;
}

/** One target after the other. A target in slow start is skipped as often as its share requires. */
export class RoundRobin implements Router {
  private servingTargets: readonly Target[] = [];
  private lastIndex = 0;
  /** By how many requests each target is behind its share. */
  private readonly deficits = new Map<Target, number>();

  public constructor(private readonly slowStart: SlowStart) {}

  public update(servingTargets: readonly Target[]): void {
    this.servingTargets = servingTargets;
    this.slowStart.update(servingTargets);
    for (const target of this.deficits.keys()) if (!servingTargets.includes(target)) this.deficits.delete(target);
  }

  public next(): Target {
    return this.slowStart.isOver ? this.nextInTurn() : this.nextByShare();
  }

  private nextInTurn(): Target {
    this.lastIndex = (this.lastIndex + 1) % this.servingTargets.length;
    return this.servingTargets[this.lastIndex]!;
  }

  /** Chooses the target that is furthest behind its share. Each request adds every target's share to its deficit, and their sum is deducted from the chosen one. */
  private nextByShare(): Target {
    let total = 0;
    let chosen = this.servingTargets[0]!;
    for (const target of this.servingTargets) {
      const share = this.slowStart.shareOf(target);
      total += share;
      this.deficits.set(target, this.deficitOf(target) + share);
      if (this.deficitOf(target) > this.deficitOf(chosen)) chosen = target;
    }
    this.deficits.set(chosen, this.deficitOf(chosen) - total);
    return chosen;
  }

  private deficitOf(target: Target): number {
    return this.deficits.get(target) ?? 0;
  }
}

/** The target with the fewest requests in flight; of several, one after the other. */
export class LeastOutstandingRequests implements Router {
  private servingTargets: readonly Target[] = [];
  private lastIndex = 0;

  public update(servingTargets: readonly Target[]): void {
    this.servingTargets = servingTargets;
  }

  public next(): Target {
    const { servingTargets } = this;
    this.lastIndex = (this.lastIndex + 1) % servingTargets.length;
    let chosen = servingTargets[this.lastIndex]!;
    for (let step = 1; step < servingTargets.length; step += 1) {
      const target = servingTargets[(this.lastIndex + step) % servingTargets.length]!;
      if (target.connections.inFlightCount < chosen.connections.inFlightCount) chosen = target;
    }
    return chosen;
  }
}

/** A random target. All have the same weight: anomaly detection, which would lower it, is not simulated. */
export class WeightedRandom implements Router {
  private servingTargets: readonly Target[] = [];

  /** @param random returns a number from 0 up to but not including 1. */
  public constructor(private readonly random: () => number = Math.random) {}

  public update(servingTargets: readonly Target[]): void {
    this.servingTargets = servingTargets;
  }

  public next(): Target {
    return this.servingTargets[Math.floor(this.random() * this.servingTargets.length)]!;
  }
}

/** The smallest share, so that a target in slow start gets some requests from its first second on. */
const MIN_SHARE = 0.01;

/**
 * Slow start: the share of a target that has just become healthy grows linearly to 1.
 *
 * It applies only if another target has its full share already: the first targets of a group start with their full share.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html#slow-start-mode
 */
export class SlowStart {
  /** The targets in slow start, and when each became healthy. All others have their full share. */
  private readonly slowStartedAtSeconds = new Map<Target, number>();
  private readonly knownTargets = new Set<Target>();

  public constructor(
    private readonly clock: Clock,
    private readonly durationSeconds: number,
  ) {}

  /** Whether every target has its full share. */
  public get isOver(): boolean {
    if (this.slowStartedAtSeconds.size === 0) return true;
    for (const target of this.slowStartedAtSeconds.keys()) if (this.shareOf(target) === 1) this.slowStartedAtSeconds.delete(target);
    return this.slowStartedAtSeconds.size === 0;
  }

  /** Sets the targets that get requests. A target that becomes healthy again is in slow start again. */
  public update(servingTargets: readonly Target[]): void {
    for (const target of this.knownTargets) if (!servingTargets.includes(target)) this.remove(target);
    const hasFullShare = [...this.knownTargets].some((target) => this.shareOf(target) === 1);
    for (const target of servingTargets) {
      if (!this.knownTargets.has(target) && hasFullShare && this.durationSeconds > 0)
        this.slowStartedAtSeconds.set(target, this.clock.nowSeconds);
      this.knownTargets.add(target);
    }
  }

  /** The share of a target, up to 1. */
  public shareOf(target: Target): number {
    const startedAtSeconds = this.slowStartedAtSeconds.get(target);
    if (startedAtSeconds === undefined) return 1;
    return Math.min(1, Math.max(MIN_SHARE, (this.clock.nowSeconds - startedAtSeconds) / this.durationSeconds));
  }

  private remove(target: Target): void {
    this.knownTargets.delete(target);
    this.slowStartedAtSeconds.delete(target);
  }
}
