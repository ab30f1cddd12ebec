import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseTrace } from '../../src/traffic/recorded/recorded-csv';
import { formatTraffic, LoadOverTime, trafficSeconds } from '../../src/traffic/traffic-phases';
import { trafficErrors } from '../../src/traffic/traffic-validation';

describe('a trace', () => {
  test.each([
    ['with a header', 't,rps\n0,10\n60,20\n120,0\n'],
    ['without one', '0,10\n60,20\n120,0'],
    ['from another system, with times of its own', 'time,rps\r\n1700000000,10\r\n1700000060,20\r\n1700000120,0\r\n\r\n'],
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
    ['0,1\n0,2', /^each time must be in one row, got two rows of the same time after row 1: select one series$/],
    ['0,-1', /^line 1: rps must be a number from 0 to 1000000, got '-1'$/],
    ['0,1\n1,NaN', /^line 2: rps must be a number from 0 to 1000000, got 'NaN'$/],
    ['0,1\n1,', /^line 2: rps must be .* got ''$/],
    ['0,1\nnoon,3', /^line 2: a time must be seconds or a date such as .*, got text$/],
    ['0,1\n,3', /^line 2: a time must be seconds or a date such as .*, got ''$/],
    ['0 1', /^line 1: a line must have t,rps, got '0 1'$/],
    ['0,1\n1,10000000', /got 10000000$/],
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

describe('a recording', () => {
  const MINUTES = 'rps 10 for 1m, rps 20 for 1m';

  test.each([
    ['with the rate first', 'rps,t\n10,0\n20,60', MINUTES],
    ['in milliseconds since 1970', 'time,rps\n1764324000000,10\n1764324060000,20', MINUTES],
    ['in minutes', 'minute,rps\n0,10\n1,20', MINUTES],
    ['in milliseconds', 't_ms,rps\n0,10\n60000,20', MINUTES],
    ['newest first', 'timestamp,rps\n120,20\n60,10', MINUTES],
    ['in no order', 't,rps\n60,20\n120,30\n0,10', 'rps 10 for 1m, rps 20 for 1m, rps 30 for 1m'],
    ['of counts for each row', 'timestamp,RequestCount\n1764324000,600\n1764324060,1200', MINUTES],
    ['of requests per minute', 'timestamp,requests_per_minute\n1764324000,600\n1764324060,1200', MINUTES],
    ['in thousands', 't,krps\n0,0.01\n60,0.02', MINUTES],
    ['with dates', 'Date,rps\n2026-11-28 10:00:00,10\n2026-11-28 10:01:00,20', MINUTES],
    ['with dates of another zone', 'Date,rps\n2026-11-28T10:00:00Z,10\n2026-11-28T11:01:00+01:00,20', MINUTES],
    ['with times of a day, semicolons and decimal commas', 'time;rps\n10:00:00;10,0\n10:01:00;20,0', MINUTES],
    ['with times of a day over midnight', 'time,rps\n23:59,10\n00:00,20', MINUTES],
    [
      'with times of a day over two midnights',
      'time,rps\n16:00,1\n00:00,2\n08:00,3\n16:00,4\n00:00,5',
      'rps 1 for 8h, rps 2 for 8h, rps 3 for 8h, rps 4 for 8h, rps 5 for 8h',
    ],
    ['with times of a day over midnight, the newest first', 'time,rps\n00:00,20\n23:59,10', MINUTES],
    ['of a request in each row over midnight, the newest first', 'time\n00:00:00\n23:59:59\n23:59:59', 'rps 2 for 1s, rps 1 for 1s'],
    ['of a request in each row over midnight', 'time\n23:59:59\n23:59:59\n00:00:00', 'rps 2 for 1s, rps 1 for 1s'],
    ['of Grafana, quoted and with units', '"Time","sum(rate(http[1m]))"\n1764324000000,"10 req/s"\n1764324060000,20', MINUTES],
    ['of the CloudWatch console', 'Label,RequestCount\nStatistic,Sum\n2026/11/28 10:01:00,1200\n2026/11/28 10:00:00,600', MINUTES],
    ['with columns of other things', 'time,latency_ms,requests\n0,5,600\n60,7,1200', MINUTES],
    ['of users', 'time,vus\n0,10\n60,20', 'users 10 for 1m, users 20 for 1m'],
    ['with comments', '# exported\n\nt,rps\n0,10\n60,20', MINUTES],
    [
      'of a request in each row',
      'timestamp\n2026-11-28T10:00:00Z\n2026-11-28T10:00:00.5Z\n2026-11-28T10:00:01Z',
      'rps 2 for 1s, rps 1 for 1s',
    ],
    [
      'of the samples of k6',
      'metric_name,timestamp,metric_value\nvus,1,9\nhttp_reqs,1,1\nhttp_reqs,1,1\nhttp_reqs,2,1',
      'rps 2 for 1s, rps 1 for 1s',
    ],
    ['with a column for each minute', 'HashOwner,Trigger,1,2\na,http,600,60\nb,http,0,60', 'rps 10 for 1m, rps 2 for 1m'],
    [
      'of the history that Locust writes',
      'Timestamp,User Count,Type,Name,Requests/s\n0,1,GET,/,5\n0,1,,Aggregated,10\n60,1,GET,/,5\n60,1,,Aggregated,20',
      MINUTES,
    ],
  ])('%s is read', (_, text, words) => {
    expect(formatTraffic(parseTrace(text))).toBe(words);
  });

  test('without rows for a while had no requests then, if it counts them, and a remark says so', () => {
    const traffic = parseTrace('time,requests\n0,60\n60,60\n600,120\n660,120');
    expect(formatTraffic(traffic)).toBe('rps 1 for 1m, rps 1 for 1m, rps 0 for 8m, rps 2 for 1m, rps 2 for 1m');
    expect(traffic.remarks).toEqual([expect.stringMatching(/a gap of 8m in all.*no requests are assumed/)]);
  });

  test.each([
    ['time,latency_ms\n0,5\n60,7', /^the header of a recording must name its columns/],
    ['timestamp,cpu\n0,5\n60,7', /^the header of a recording must name its columns/],
    ['time,requests_a,requests_b\n0,5,6', /^a recording must have one column of requests, got 2/],
    ['0,5,6\n60,7,8', /^a recording with more than two columns must have a header/],
    ['Label,RequestCount\nStatistic,Average\n2026/11/28 10:01:00,1200', /^the statistic of the requests must be Sum/],
    ['time,rps\n0,0x10', /got text$/],
  ])('%j is refused', (text, message) => {
    expect(() => parseTrace(text)).toThrowError(message);
  });

  test('has the same traffic whatever the order of its rows', () => {
    const rows = fc.uniqueArray(fc.tuple(fc.integer({ min: 0, max: 100_000 }), fc.integer({ min: 0, max: 1000 })), {
      minLength: 1,
      maxLength: 30,
      selector: ([time]) => time,
    });
    fc.assert(
      fc.property(rows, (list) => {
        const read = (ordered: typeof list): string => formatTraffic(parseTrace(['t,rps', ...ordered].join('\n')));
        expect(read(list)).toBe(read([...list].sort(([a], [b]) => a - b)));
      }),
    );
  });
});
