import { describe, expect, test } from 'vitest';
import { refuseAt } from '../../src/service/refusal';

/** What is thrown for one mistake, without the place. */
function sentence(props: object, mistake: string): string {
  try {
    refuseAt('Shop', props, [mistake]);
  } catch (error) {
    return (error as Error).message.replace('Shop: ', '');
  }
  throw new Error('nothing was refused');
}

describe('a value that the caller never wrote is called a default', () => {
  test.each<[object, string, string]>([
    [
      { maxCapacity: 1 },
      'minCapacity must be at most maxCapacity (1), got 2',
      'minCapacity must be at most maxCapacity (1), got 2, its default',
    ],
    [
      { minCapacity: 7 },
      'minCapacity must be at most maxCapacity (6), got 7',
      'minCapacity must be at most maxCapacity (6, its default), got 7',
    ],
    [
      { healthCheck: { timeout: 10 } },
      'healthCheck.timeout must be below healthCheck.interval (10 seconds), got 10 seconds',
      'healthCheck.timeout must be below healthCheck.interval (10 seconds, its default), got 10 seconds',
    ],
  ])('%j', (props, mistake, said) => {
    expect(sentence(props, mistake)).toBe(said);
  });
});

class Choice {}

describe('nothing else is', () => {
  test.each<[object, string]>([
    [{ minCapacity: 7, maxCapacity: 6 }, 'minCapacity must be at most maxCapacity (6), got 7'],
    [{ network: new Choice() }, 'network.natGateways must be a whole number from 1 to 2, got 0'],
    [{ vpc: {} }, 'vpc must have private subnets for the tasks, got none'],
    [{ domainName: 'a.example.com' }, 'hostedZone must be given beside domainName, got none'],
    [{ cluster: {} }, 'the VPC of cluster must have private subnets for the tasks, got none'],
  ])('%j: %s', (props, mistake) => {
    expect(sentence(props, mistake)).toBe(mistake);
  });
});

test('all mistakes are told together, each with its place', () => {
  const twoMistakes = ['a must be b, got c', 'd must be e, got f'];
  expect(() => refuseAt('Shop/Search', { a: 1, d: 2 }, twoMistakes)).toThrow(
    'Shop/Search: a must be b, got c\nShop/Search: d must be e, got f',
  );
});

test('nothing is thrown without a mistake', () => {
  expect(() => refuseAt('Shop', {}, [])).not.toThrow();
});
