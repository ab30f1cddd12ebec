import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { parseScenarioDocument } from '../../cli/scenario-files/scenario-document';
import { SCENARIO_SCHEMA } from '../../cli/scenario-files/scenario-schema';

const ROOT = join(__dirname, '../..');

test('the schema that editors use is that of the command', async () => {
  await expect(`${JSON.stringify(SCENARIO_SCHEMA, undefined, 2)}\n`).toMatchFileSnapshot(join(ROOT, 'scenario.schema.json'));
});

test('the example of the document fits it', () => {
  const [, example] = /```json\n(.*?)```/s.exec(readFileSync(join(ROOT, 'docs/scenario-file.md'), 'utf8'))!;
  expect(parseScenarioDocument(example!, 'docs').schemaErrors()).toEqual([]);
});

describe('a file that does not fit has the line of each field', () => {
  test.each([
    [
      '{\n  "traffic": "users 3 for 1m",\n  "trafic": 1\n}',
      /^s\.json line 3: a field of s\.json must be one of traffic, .* or \d+ more, got 'trafic'$/,
    ],
    ['{\n  "traffic": 5\n}', /^s\.json line 2: traffic must be of the type string$/],
    ['{\n\n  "seed": "one"\n}', /^s\.json line 3: seed must be of the type integer$/],
    ['{\n  "think": "soon"\n}', /^s\.json line 2: think must be a duration such as 90s or 5m$/],
    ['{\n  "workload": {\n    "cpu": 1\n  }\n}', /^s\.json line 3: a field of workload must be one of those of its schema, got 'cpu'$/],
    ['{\n  "policyChanges": [\n    { "atSeconds": 1 }\n  ]\n}', /^s\.json line 3: policyChanges\.0 must have targetValue$/],
  ])('%j', (text, message) => {
    expect(parseScenarioDocument(text, 's.json').schemaErrors()).toEqual([expect.stringMatching(message)]);
  });
});

test('a file that is no JSON has the line at which it stops being so', () => {
  expect(() => parseScenarioDocument('{\n  "traffic": "x",\n  ]', 's.json')).toThrowError(
    /^s\.json line 3: a scenario file must be JSON such as/,
  );
});

test('the text of a file without errors is parsed once', () => {
  const parse = vi.spyOn(JSON, 'parse');
  onTestFinished(() => parse.mockRestore());
  const document = parseScenarioDocument('{"traffic": "users 3 for 1m"}', 's.json');
  expect(document.schemaErrors()).toEqual([]);
  expect(parse).toHaveBeenCalledTimes(1);
});
