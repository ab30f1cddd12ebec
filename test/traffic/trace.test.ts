import { describe, expect, test } from 'vitest';
import { parseTrace } from '../../src/traffic/trace';
import { LoadOverTime, trafficSeconds } from '../../src/traffic/traffic-phases';
import { trafficErrors } from '../../src/traffic/traffic-validation';

describe('a trace', () => {
  test.each([
    ['with a header', 't,rps\n0,10\n60,20\n120,0\n'],
    ['without one', '0,10\n60,20\n120,0'],
    ['from another system, with times of its own', 'time,requests\r\n1700000000,10\r\n1700000060,20\r\n1700000120,0\r\n\r\n'],
  ])('%s holds each rate until the next', (_, text) => {
    const traffic = parseTrace(text);
    expect([...traffic.phases].map(({ from, to, durationSeconds }) => [from, to, durationSeconds])).toEqual([
      [10, 10, 60],
      [20, 20, 60],
      [0, 0, 60],
    ]);
    expect(trafficSeconds(traffic)).toBe(180);
    expect(traffic.phases.at(1)).toMatchObject({ kind: 'rps', from: 20 });
    expect(traffic.phases.at(3)).toBeUndefined();
  });

  test('of one line lasts a second', () => {
    expect(trafficSeconds(parseTrace('0,10'))).toBe(1);
  });

  test.each([
    ['', /^a trace must have at least one line such as 0,100, got none$/],
    ['t,rps\n', /^a trace must have at least one line/],
    ['0,1\n5,1\n3,1', /^line 3: times must increase, got 3 after 5$/],
    ['0,1\n0,2', /^line 2: times must increase, got 0 after 0$/],
    ['0,-1', /^line 1: rps must be a number from 0 to 1000000, got '-1'$/],
    ['0,1\n1,NaN', /^line 2: rps must be a number from 0 to 1000000, got 'NaN'$/],
    ['0,1\n1,', /^line 2: rps must be .* got ''$/],
    ['0,1\nnoon,3', /^line 2: t must be a number of seconds, got 'noon'$/],
    ['0,1\n,3', /^line 2: t must be a number of seconds, got ''$/],
    ['0 1', /^line 1: a line must have t,rps, got '0 1'$/],
    ['0,1\n1,10000000', /got '10000000'$/],
    ['0,1\n1e12,1', /^traffic must last at most 744h/],
  ])('%j is refused', (text, sentence) => {
    expect(() => parseTrace(text)).toThrowError(sentence);
  });

  test('reports its first ten errors together', () => {
    const text = Array.from({ length: 100_000 }, () => 'x,y\nz').join('\n');
    expect(() => parseTrace(text)).toThrowError(expect.objectContaining({ errors: expect.objectContaining({ length: 10 }) }));
  });

  test('of 30 days of seconds is read, found sound, and gone through second by second', () => {
    const seconds = 30 * 86_400;
    const text = Array.from({ length: seconds }, (_, second) => `${second},${second % 977}`).join('\n');
    const traffic = parseTrace(text);
    expect(traffic.phases.length).toBe(seconds);
    expect(trafficErrors(traffic)).toEqual([]);
    const arrivals = new LoadOverTime(traffic);
    let wrong = 0;
    for (let second = 0; second < seconds; second++) if (arrivals.at(second).value !== second % 977) wrong += 1;
    expect(wrong).toBe(0);
  });
});

test('a header that names the rate first is refused: its numbers would be read as times', () => {
  expect(() => parseTrace('rps,t\n60,0\n70,10')).toThrow("line 1: a trace must have its times before its rates, got 'rps,t'");
});
