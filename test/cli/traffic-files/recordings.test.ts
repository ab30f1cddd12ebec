import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { readTraffic } from '../../../cli/input/read-traffic';
import { InputError } from '../../../src/parse/input-error';
import { formatTraffic } from '../../../src/traffic/traffic-phases';

const FOLDER = mkdtempSync(join(tmpdir(), 'recordings-'));
afterAll(() => rmSync(FOLDER, { recursive: true }));

function read(name: string, content: string | Uint8Array): string {
  writeFileSync(join(FOLDER, name), content);
  return formatTraffic(readTraffic(name, {}, FOLDER).traffic);
}

const balancerLine = (time: string): string =>
  `https ${time} app/shop/50dc 192.0.2.1:2817 10.0.0.1:80 0.0 0.1 0.0 200 200 34 366 "GET https://shop/ HTTP/1.1" "-"\n`;
const SECONDS = ['2026-11-28T10:00:00.1Z', '2026-11-28T10:00:00.9Z', '2026-11-28T10:00:02.5Z'];
const BALANCER_LOG = SECONDS.map(balancerLine).join('');
const COUNTED = 'rps 2 for 1s, rps 0 for 1s, rps 1 for 1s';

describe('a recording', () => {
  test.each([
    ['a log of the load balancer', 'alb.log', BALANCER_LOG, COUNTED],
    ['a compressed log', 'alb.log.gz', gzipSync(BALANCER_LOG), COUNTED],
    [
      'a log in the common format',
      'nginx.log',
      '192.0.2.1 - - [28/Nov/2026:10:00:00 +0000] "GET / HTTP/1.1" 200 5\n192.0.2.1 - - [28/Nov/2026:11:00:01 +0100] "GET / HTTP/1.1" 200 5\n',
      'rps 1 for 1s, rps 1 for 1s',
    ],
    [
      'get-metric-data',
      'data.json',
      '{"MetricDataResults":[{"Timestamps":["2026-11-28T10:01:00+00:00","2026-11-28T10:00:00+00:00"],"Values":[120,60]}]}',
      'rps 1 for 1m, rps 2 for 1m',
    ],
    [
      'get-metric-statistics',
      'statistics.json',
      '{"Datapoints":[{"Timestamp":"2026-11-28T10:01:00Z","Sum":120},{"Timestamp":"2026-11-28T10:00:00Z","Sum":60}]}',
      'rps 1 for 1m, rps 2 for 1m',
    ],
    [
      'a range query',
      'range.json',
      '{"status":"success","data":{"resultType":"matrix","result":[{"metric":{},"values":[[0,"5.5"],[60,"7"]]}]}}',
      'rps 5.5 for 1m, rps 7 for 1m',
    ],
    ['CSV in UTF-16', 'wide.csv', Buffer.from('\uFEFFtime,rps\n0,10\n60,20\n', 'utf16le'), 'rps 10 for 1m, rps 20 for 1m'],
  ])('%s', (_, name, content, words) => {
    expect(read(name, content)).toBe(words);
  });

  test('a folder of logs is summed', () => {
    mkdirSync(join(FOLDER, 'logs/28'), { recursive: true });
    writeFileSync(join(FOLDER, 'logs/28/a.log'), balancerLine(SECONDS[0]!));
    writeFileSync(join(FOLDER, 'logs/b.log.gz'), gzipSync(balancerLine(SECONDS[1]!) + balancerLine(SECONDS[2]!)));
    expect(formatTraffic(readTraffic('logs', {}, FOLDER).traffic)).toBe(COUNTED);
  });
});

const SECRET = 'hunter2secret';
const RANDOM = Buffer.from(Array.from({ length: 5000 }, (_, index) => (index * 7919) % 256));

/** Files of the wrong kind, damaged files, and parts of files. */
const BAD_FILES: readonly (readonly [name: string, content: string | Uint8Array])[] = [
  ...['csv', 'json', 'js', 'ts', 'py', 'yml', 'jmx', 'scala', 'log', 'txt', 'sh', 'conf'].map(
    (extension) => [`binary.${extension}`, RANDOM] as const,
  ),
  ...['csv', 'json', 'js', 'py', 'yml', 'jmx', 'java', 'log', 'conf'].map((extension) => [`empty.${extension}`, ''] as const),
  ...['csv', 'json', 'js', 'py', 'yml', 'jmx', 'kt', 'log', 'sh'].map(
    (extension) => [`prose.${extension}`, `password: ${SECRET}\nsome words\n`] as const,
  ),
  ['half.json', `{"stages": [{"duration": "1m", "target": 10}, {"note": "${SECRET}`],
  ['half.js', `import http from 'k6/http';\nconst token = '${SECRET}';\nexport const options = { stages: [`],
  ['half.jmx', `<jmeterTestPlan><hashTree><a>${SECRET}`],
  ['half.yml', `config:\n  phases: [{ arrivalRate: 1, secret: "${SECRET}`],
  ['half.gz', gzipSync(BALANCER_LOG.repeat(100)).subarray(0, 60)],
  ['half.py', `import locust\nclass (((\n${SECRET}\ndef )\n((((`],
  ['half.scala', `class G extends Simulation { setUp(scn.inject(atOnceUsers(1)`],
  ['other.json', `{"name": "package", "secret": "${SECRET}"}`],
  ['list.json', '[1, 2, 3]'],
  ['number.json', '42'],
  ['deep.json', '['.repeat(100_000)],
  [
    'aliases.yml',
    `config: &a [x]\nphases:\n  - arrivalRate: 1\n${Array.from({ length: 200 }, (_, index) => `k${index}: *a`).join('\n')}\n`,
  ],
  ['text.csv', `time,rps\n${SECRET},5\n`],
  ['value.csv', `time,rps\n0,${SECRET}\n`],
  ['latency.csv', 'time,latency_ms\n0,5\n1,6\n'],
  ['line.csv', '1,'.repeat(200_000)],
  ['random.js', 'export const options = { vus: Math.random(), duration: window.x };\n'],
];

describe('a bad file', () => {
  test.each(BAD_FILES)('%s has one line of at most 200 printable characters, without what it has', (name, content) => {
    writeFileSync(join(FOLDER, name), content);
    const errors = errorsOf(name);
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatch(/^[\x20-\x7e…]{10,200}$/);
    expect(errors[0]).not.toContain(SECRET);
  });

  test('there are at least forty', () => expect(BAD_FILES.length).toBeGreaterThanOrEqual(40));

  test('that is missing is named', () =>
    expect(errorsOf('missing.js')[0]).toMatch(/^--traffic must be a file that can be read, got .*missing\.js' \(ENOENT\)$/));
});

function errorsOf(name: string): readonly string[] {
  try {
    readTraffic(name, {}, FOLDER);
  } catch (error) {
    if (error instanceof InputError) return error.errors;
    throw error;
  }
  return [];
}
