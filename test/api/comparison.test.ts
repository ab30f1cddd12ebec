import { Duration } from 'aws-cdk-lib';
import { describe, expect, test } from 'vitest';
import { Plan, Prices, Traffic } from '../../src';
import { synthesize } from '../synthesize';

const { service } = synthesize({ requestsPerSecondPerTask: 1000, targetCpuUtilizationPercent: 60 });
const question = { traffic: Traffic.requestsPerSecond(2500, Duration.minutes(20)), seeds: 3 };

describe('plans side by side', () => {
  const two = service.plan();
  const { plans, tradeOffs, seeds } = Plan.compare({ two, four: two.withChanges({ minCapacity: 4 }) }, question);

  test('are asked with the same seeds', () => {
    expect(seeds).toBe(3);
    expect(Object.keys(plans)).toEqual(['two', 'four']);
  });

  test('show that more tasks cost more and are over their target for less time', () => {
    expect(plans['four']!.dollarsPerMonth.median).toBeGreaterThan(plans['two']!.dollarsPerMonth.median);
    expect(plans['four']!.band.secondsOverTarget.median).toBeLessThan(plans['two']!.band.secondsOverTarget.median);
    expect(plans['two']!.band.maxTasks.median).toBe(two.forecast(question).band.maxTasks.median);
    expect(tradeOffs).toEqual([expect.stringMatching(/^four against two: costs \$[\d.]+ more a month/)]);
  });

  test('leave the plan that is changed as it is', () => {
    expect(two.forecast(question).timeline[0]).toMatchObject({ desiredCount: 2 });
  });

  test.each([
    [{}, /a comparison must have at least two plans, got 0/],
    [{ two, none: two.withChanges({ minCapacity: 9 }) }, /minCapacity must be at most maxCapacity \(6\), got 9/],
  ])('are refused with a sentence: %#', (some, sentence) => {
    expect(() => Plan.compare(some, question)).toThrow(sentence);
  });
});

describe('a month', () => {
  const outcome = service.forecast(question);

  test('costs more than the least and less than the most, and its parts come to the whole', () => {
    const { minimum, expected, maximum, region, asOf } = outcome.monthlyCost();
    expect(minimum.dollars).toBeLessThan(expected.dollars);
    expect(expected.dollars).toBeLessThan(maximum.dollars);
    expect(Object.values(expected.parts).reduce((sum, part) => sum + part)).toBeCloseTo(expected.dollars, 9);
    expect([region, asOf]).toEqual(['us-east-1', '2026-09-20']);
  });

  test('costs what the prices say', () => {
    const { expected } = outcome.monthlyCost({ prices: Prices.fromJson('{"region": "here", "loadBalancerHour": 1}') });
    expect(expected.parts['load balancer']).toBeCloseTo(730, 9);
    expect(() => Prices.fromJson('{"natGatewayHour": -1}')).toThrow(/natGatewayHour must be a price of at least 0, got -1/);
  });
});

describe('a recommendation', () => {
  test('reaches its objective, when its props are forecast', () => {
    const { isMet, best, props, summary } = service
      .plan()
      .recommend({ p95: Duration.millis(100), tasksLost: 1, cpus: [256, 512] }, question);
    expect(isMet).toBe(true);
    expect(summary).toMatch(/^95 of 100 responses within 100 ms, no failed request, the loss of one task survived at any moment: /);
    expect(props).toContain(`minCapacity: ${best!.changes.minCapacity}`);
    expect(synthesize({ ...best!.changes }).service.forecast(question).failedRequests).toBe(0);
    expect(service.plan().withChanges(best!.changes).forecast(question).failedRequests).toBe(0);
    expect(best!.figures.band.failedRequests.high).toBe(0);
    expect(best!.unmet).toEqual([]);
  });

  test('rejects an objective that is out of range', () => {
    expect(() => service.plan().recommend({ failedPercent: 101 }, question)).toThrow(/failedShare must be from 0 to 1, got 1.01/);
  });
});
