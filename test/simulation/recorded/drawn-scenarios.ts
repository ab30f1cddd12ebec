import { parseFault } from '../../../src/faults/fault-grammar';
import { SeededRandom } from '../../../src/math/seeded-random';
import type { Scenario } from '../../../src/run/scenario';
import { AWS_BEHAVIOR } from '../../../src/scaling/aws-behavior';
import { behaviorVariants } from '../../../src/scaling/behavior-alternatives';
import { parseTraffic } from '../../../src/traffic/traffic-grammar';
import { trafficSeconds } from '../../../src/traffic/traffic-phases';
import { MEASURED_SEARCH_WORKLOAD } from '../../../src/workload/workload-parameters';
import { cpuTarget, requestTarget, searchPlan } from '../../search-plan';

/** Draws from lists and ranges with a seed: the same scenarios everywhere and always. */
class Draw {
  private readonly random: SeededRandom;

  public constructor(seed: number) {
    this.random = new SeededRandom(seed);
  }

  public of<Item>(items: readonly Item[]): Item {
    return items[this.upTo(items.length - 1)]!;
  }

  /** A whole number from 0 to `max`. */
  public upTo(max: number): number {
    return Math.floor(this.random.uniform() * (max + 1));
  }
}

function drawTraffic(draw: Draw, highest: number): string {
  const phase = (): string => {
    const [from, to, minutes] = [draw.upTo(highest), draw.upTo(highest), 2 + draw.upTo(12)];
    const kind = draw.of(['rps', 'rps', 'users', 'users']);
    const think = kind === 'users' ? draw.of(['', ' think 1s', ' think 80ms']) : '';
    return `${kind} ${from}..${draw.of([from, to])}${think} for ${minutes}m`;
  };
  return Array.from({ length: 2 + draw.upTo(3) }, phase).join(', ');
}

function drawFault(draw: Draw, minutes: number): string {
  const at = `at ${draw.upTo(60 * minutes - 1)}s`;
  const [count, duration] = [1 + draw.upTo(4), `for ${1 + draw.upTo(400)}s`];
  return draw.of([
    `stop ${count} ${at}`,
    `kill ${count} ${at}`,
    `exhaust memory of ${count} ${at}`,
    `pause ${count} ${at} ${duration}`,
    `fail health checks of ${count} ${at} ${duration}`,
    `slow ${count} to ${draw.of([10, 50, 90])}% ${at} ${duration}`,
    `crash at start ${at} ${duration}`,
    `lose zone ${at} ${duration}`,
    `deploy ${at}`,
    `bad deploy ${at}`,
    `slow dependency by ${draw.of(['50ms', '2s', '70s'])} ${at} ${duration}`,
  ]);
}

/** A scenario of up to five phases and seven faults, with routing, deployment, workload and behavior drawn at random. */
export function drawnScenario(seed: number): Scenario {
  const draw = new Draw(seed);
  const isCostly = draw.of([true, false, false]);
  const minCapacity = 1 + draw.upTo(5);
  const targets = draw.of([[cpuTarget(60)], [requestTarget(60 * 20), cpuTarget(70)], [cpuTarget(45, { scaleOutCooldownSeconds: 60 })]]);
  const plan = searchPlan(minCapacity, minCapacity + draw.upTo(isCostly ? 40 : 8), targets);
  const traffic = parseTraffic(drawTraffic(draw, isCostly ? 600 : 5000));
  const algorithm = draw.of(['round_robin', 'round_robin', 'least_outstanding_requests', 'weighted_random'] as const);
  const [minHealthyPercent, maxHealthyPercent] = draw.of([[100, 200] as const, [50, 100] as const, [66, 150] as const, [0, 100] as const]);
  const trafficShift = draw.of([undefined, undefined, { steps: [{ newRevisionShare: 0.2, stepBakeSeconds: 90 }], bakeSeconds: 60 }]);
  const variants = behaviorVariants(AWS_BEHAVIOR);
  return {
    plan: {
      ...plan,
      zoneCount: 1 + draw.upTo(2),
      deregistrationDelaySeconds: draw.of([0, 30, 300]),
      healthCheck: { ...plan.healthCheck, intervalSeconds: draw.of([6, 10, 30]) },
      routing: {
        algorithm,
        slowStartSeconds: algorithm === 'round_robin' ? draw.of([0, 0, 60]) : 0,
        enableAnomalyMitigation: algorithm === 'weighted_random',
      },
      deployment: {
        minHealthyPercent,
        maxHealthyPercent: trafficShift === undefined ? maxHealthyPercent : 200,
        hasCircuitBreaker: draw.of([true, false]),
        healthCheckGracePeriodSeconds: draw.of([0, 60]),
        rebalancesZones: draw.of([true, false]),
        trafficShift,
      },
    },
    workload: {
      ...MEASURED_SEARCH_WORKLOAD,
      cpuSecondsPerRequest: isCostly ? 0.006 : MEASURED_SEARCH_WORKLOAD.cpuSecondsPerRequest,
      startUpSeconds: draw.of([1, 1, 30]),
      stopSeconds: draw.of([0, 2, 40]),
      memoryMiBPerConcurrentRequest: draw.of([0, 0.5]),
      latencyModel: draw.of(['even-share', 'quota-windows']),
    },
    traffic,
    behavior: draw.of([AWS_BEHAVIOR, draw.of(variants).behavior]),
    faults: Array.from({ length: draw.upTo(7) }, () => parseFault(drawFault(draw, Math.floor(trafficSeconds(traffic) / 60)))),
    seed,
  };
}

const DRAWN_COUNT = 80;

/** Scenarios drawn at random, by name. */
export const DRAWN_SCENARIOS: Readonly<Record<string, Scenario>> = Object.fromEntries(
  Array.from({ length: DRAWN_COUNT }, (_, index) => [`scenario ${index + 1} drawn at random`, drawnScenario(index + 1)]),
);
