import { describe, expect, test } from 'vitest';
import { CpuCreditBalance } from '../../src/ecs/cpu-credit-balance';
import { SeededRandom } from '../../src/math/seeded-random';
import { cpuCreditsOf } from '../../src/plan/cpu-credits';
import { instanceSize } from '../../src/plan/instance-types';
import { vcpuOf } from '../../src/plan/task-size';

const LOWERING_SECONDS = 900;

function balanceOf(type: string, mode?: 'standard' | 'unlimited'): CpuCreditBalance {
  return new CpuCreditBalance(cpuCreditsOf(type, mode)!, vcpuOf(instanceSize(type)!), LOWERING_SECONDS);
}

function advanced(balance: CpuCreditBalance, minutes: number, usedVcpu: number): CpuCreditBalance {
  for (let minute = 0; minute < minutes; minute++) balance.advance(60, 60 * usedVcpu);
  return balance;
}

// https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/burstable-credits-baseline-concepts.html
describe('the credits of an instance type are those of the table of AWS', () => {
  test.each([
    ['t2.nano', 'standard', 3, 72, 30],
    ['t2.micro', 'standard', 6, 144, 30],
    ['t2.xlarge', 'standard', 54, 1296, 120],
    ['t2.2xlarge', 'standard', 81.6, 1958.4, 240],
    ['t3.nano', 'unlimited', 6, 144, 0],
    ['t3a.medium', 'unlimited', 24, 576, 0],
    ['t4g.2xlarge', 'unlimited', 192, 4608, 0],
  ])(
    '%s is launched in %s mode, earns %d an hour, keeps %d and begins with %d',
    (type, mode, creditsPerHour, maxCredits, launchCredits) => {
      const credits = cpuCreditsOf(type)!;
      expect(credits).toEqual({ mode, creditsPerHour, maxCredits: expect.closeTo(maxCredits, 6), launchCredits });
    },
  );

  test('T2 in unlimited mode has no launch credits, and m7i.large no credits at all', () => {
    expect(cpuCreditsOf('t2.micro', 'unlimited')?.launchCredits).toBe(0);
    expect(cpuCreditsOf('m7i.large')).toBeUndefined();
  });
});

describe('a t2.micro in standard mode', () => {
  test('has 174 credits after an idle day, and 144 once its launch credits are spent', () => {
    expect(advanced(balanceOf('t2.micro'), 24 * 60, 0).balance).toBeCloseTo(174, 6);
    expect(advanced(balanceOf('t2.micro'), 48 * 60, 0).balance).toBeCloseTo(174, 6);
    const spent = advanced(advanced(balanceOf('t2.micro'), 24 * 60, 0), 60, 1);
    expect(advanced(spent, 48 * 60, 0).balance).toBeCloseTo(144, 6);
  });

  test('keeps its credits at 10 % of its vCPU', () => {
    expect(advanced(balanceOf('t2.micro'), 600, 0.1).balance).toBeCloseTo(30, 6);
  });

  test('is lowered to its baseline over a quarter of an hour as the credits run out', () => {
    const balance = balanceOf('t2.micro');
    expect(balance.cpuShare).toBe(1);
    const shares = Array.from({ length: 120 }, () => advanced(balance, 1, balance.cpuShare).cpuShare);
    const begun = shares.findIndex((share) => share < 1);
    // 30 credits, of which 0.9 are spent in a minute; 6.75 are left for the last quarter of an hour.
    expect(begun).toBe(25);
    expect(shares.findIndex((share) => share < 0.2)).toBeLessThan(begun + 20);
    expect(shares.at(-1)).toBeCloseTo(0.1, 2);
  });
});

describe('in unlimited mode', () => {
  test('surplus credits of a day cost nothing until they are more than those, and credits earned pay them back', () => {
    const balance = balanceOf('t3.micro');
    expect(balance.cpuShare).toBe(1);
    advanced(balance, 60, 1);
    expect([balance.surplusBalance, balance.balance]).toEqual([expect.closeTo(48, 6), 0]);
    advanced(balance, 240, 0);
    expect([balance.surplusBalance, balance.surplusCharged]).toEqual([expect.closeTo(0, 6), expect.closeTo(0, 6)]);
    advanced(balance, 600, 2);
    expect(balance.surplusBalance).toBeCloseTo(288, 6);
    expect(balance.surplusCharged).toBeCloseTo(600 * 2 - 600 * 0.2, 6);
  });
});

const RANDOM_INSTANCES = ['t2.nano', 't2.micro', 't3.small', 't4g.large', 't2.2xlarge'].flatMap((type) =>
  (['standard', 'unlimited'] as const).map((mode) => [type, mode] as const),
);

/** Minutes of demand, in vCPU: often all of it, else less than a third, for up to twenty minutes each. */
function drawnDemand(random: SeededRandom, vcpu: number): number[] {
  return Array.from({ length: 300 }, () => {
    const demand = random.uniform() < 0.4 ? vcpu : vcpu * random.uniform() * 0.3;
    return Array.from({ length: 1 + Math.floor(20 * random.uniform()) }, () => demand);
  }).flat();
}

test.each(RANDOM_INSTANCES)(
  'whatever a %s in %s mode uses, its credits are from 0 to their limit, and its share is from the baseline to all',
  (type, mode) => {
    const credits = cpuCreditsOf(type, mode)!;
    const vcpu = vcpuOf(instanceSize(type)!);
    const balance = balanceOf(type, mode);
    const demand = drawnDemand(new SeededRandom(20_261_130), vcpu);
    const seen = { credits: [] as number[], shares: [] as number[], used: 0 };
    for (const wanted of demand) {
      const usedVcpu = Math.min(wanted, balance.cpuShare * vcpu);
      balance.advance(60, 60 * usedVcpu);
      seen.used += usedVcpu;
      seen.credits.push(balance.balance);
      seen.shares.push(balance.cpuShare);
    }
    expect(Math.min(...seen.credits)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...seen.credits)).toBeLessThanOrEqual(credits.maxCredits + credits.launchCredits + 1e-9);
    expect(Math.min(...seen.shares)).toBeGreaterThanOrEqual(Math.min(1, credits.creditsPerHour / 60 / vcpu) - 1e-12);
    expect(Math.max(...seen.shares)).toBeLessThanOrEqual(1);
    // what was used is what was earned, begun with or borrowed; a minute is counted at its end.
    const earned = (demand.length * credits.creditsPerHour) / 60 + credits.launchCredits;
    expect(seen.used).toBeLessThanOrEqual(earned + balance.surplusCharged + 2 * vcpu);
  },
);
