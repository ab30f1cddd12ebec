import { execFile } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { ExpectedResult } from '@aws-cdk/integ-tests-alpha';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { atLeast, exactly, matching, noValue } from '../../assertions/expectation';

/** What a response has at its paths. */
const RESPONSE = { count: 4, none: 0, state: 'COMPLETED', isActive: true, isOff: false, text: '300', items: [{ name: 'first' }] };

const HANDLER = fileURLToPath(new URL('run-assertion-handler.cjs', import.meta.url));

let server: Server;
let url: string;
beforeAll(async () => {
  server = createServer((_, response) => response.setHeader('content-type', 'application/json').end(JSON.stringify(RESPONSE)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

/** Whether the handler of integ-tests, the one that is deployed, finds that a value of the response is as expected. */
async function isMet(path: string, expected: ExpectedResult): Promise<boolean> {
  const properties = { parameters: { url }, expected: expected.result, actualPath: `body.${path}`, flattenResponse: 'true' };
  const { stdout } = await promisify(execFile)(process.execPath, [HANDLER, JSON.stringify(properties)]);
  return JSON.parse(stdout).status === 'success';
}

describe('the handler of integ-tests', () => {
  test.each<[string, string, ExpectedResult, boolean]>([
    ['an equal number', 'count', exactly(4), true],
    ['another number', 'count', exactly(5), false],
    ['an equal text', 'state', exactly('COMPLETED'), true],
    ['another text', 'state', exactly('FAILED'), false],
    ['true', 'isActive', exactly(true), true],
    ['a number in a text', 'text', exactly(300), true],
    ['the text of a number', 'text', exactly('300'), true],
    ['an element of a list', 'items.0.name', exactly('first'), true],
    ['no element of a list', 'items.1.name', exactly('first'), false],
    ['a pattern', 'state', matching(/^COMP/), true],
    ['another pattern', 'state', matching(/^FAIL/), false],
    ['0', 'none', noValue(), true],
    ['false', 'isOff', noValue(), true],
    ['no element', 'items.1.name', noValue(), true],
    ['a value where none is expected', 'count', noValue(), false],
  ])('compares %s at %s', async (_, path, expected, outcome) => {
    expect(await isMet(path, expected)).toBe(outcome);
  });

  test('never finds ExpectedResult.exact equal to a value at a path, which is why exactly exists', async () => {
    expect(await isMet('count', ExpectedResult.exact(4))).toBe(false);
  });
});

test.each([0, false, ''])('exactly(%j) is rejected, with what to use instead', (value) => {
  expect(() => exactly(value)).toThrow(/use noValue\(\)/);
});

test('a number is at least another exactly if its text matches', () => {
  const counts = fc.integer({ min: 1, max: 12_000 });
  fc.assert(
    fc.property(counts, counts, (count, min) => {
      expect(new RegExp(`to ${atLeast(min).source}\\b`).test(`Setting desired count to ${count}.`)).toBe(count >= min);
    }),
  );
});
