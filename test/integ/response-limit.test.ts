import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { smallApp } from '../../service-image/test/small-app';
import { ROOT } from '../consumer';
import { returnedValues } from './response-size';

/** CloudFormation accepts a response of a custom resource of at most so many bytes. */
const MAX_BYTES = 4096;

/** The fields of the response besides the data, with the longest name of a stack and of a Region. */
const ENVELOPE = {
  Status: 'SUCCESS',
  Reason: 'OK',
  StackId: `arn:aws-us-gov:cloudformation:ap-northeast-1:123456789012:stack/${'n'.repeat(128)}/12345678-1234-1234-1234-123456789012`,
  RequestId: '12345678-1234-1234-1234-123456789012',
  NoEcho: false,
};

/** The status line and the headers of a response, of the reference service and of a server with many. */
const HEAD_BYTES = 1500;

interface AssertionProperties {
  readonly service?: string;
  readonly api?: string;
  readonly expected?: unknown;
  readonly actualPath?: string;
  readonly stateMachineArn?: unknown;
  readonly flattenResponse?: string;
  readonly outputPaths?: readonly string[];
  readonly parameters: { readonly url?: unknown; readonly fetchOptions?: { readonly method?: string } };
}

const SNAPSHOTS = readdirSync(join(ROOT, 'integ')).filter((name) => name.endsWith('.snapshot'));

describe('every response of an assertion is one that CloudFormation accepts', () => {
  for (const snapshot of SNAPSHOTS) {
    const assertions = assertionsOf(join(ROOT, 'integ', snapshot));
    test(`${snapshot} has assertions`, () => {
      expect(assertions.size).toBeGreaterThan(0);
    });
    test.each([...assertions])(`${snapshot}: %s`, async (logicalId, properties) => {
      expect(await bytesOf(logicalId, properties)).toBeLessThanOrEqual(MAX_BYTES);
    });
  }
});

describe('every assertion can be met', () => {
  for (const snapshot of SNAPSHOTS) {
    test.each([...assertionsOf(join(ROOT, 'integ', snapshot))])(`${snapshot}: %s`, (_, properties) => {
      expect(unmetReason(properties)).toBeUndefined();
    });
  }
});

describe('the length of a response', () => {
  const describeServices = (...paths: string[]) => returnedValues('ecs', 'describeServices', paths);

  test('is that of the values at its paths', () => {
    expect(describeServices('services.0.desiredCount')).toEqual(new Map([['services.0.desiredCount', 11]]));
  });

  test.each([
    ['the whole response', () => returnedValues('ecs', 'describeServices', undefined), /is a list of any length/],
    ['a list without an index', () => describeServices('services'), /is a list of any length/],
    ['a structure with a list in it', () => describeServices('services.0'), /is a list of any length|is a text of any length/],
    ['a text without a limit', () => describeServices('services.0.events.0.message'), /is a text of any length/],
    ['a field that AWS does not have', () => describeServices('services.0.desiredcount'), /no value at services.0.desiredcount/],
    ['a path below a single value', () => describeServices('services.0.desiredCount.0'), /is a single value/],
    ['an unknown operation', () => returnedValues('ecs', 'describeService', undefined), /no operation/],
    ['an unknown service', () => returnedValues('ec2', 'describeVpcs', undefined), /no response shapes of ec2/],
  ])('has no limit for %s', (_, call, message) => {
    expect(call).toThrow(message);
  });
});

/** The custom resources that make a call, by their logical ids, in all templates of a snapshot. */
function assertionsOf(folder: string): Map<string, AssertionProperties> {
  const templates = readdirSync(folder).filter((name) => name.endsWith('.template.json'));
  const resources = templates.flatMap((name) => Object.entries(JSON.parse(readFileSync(join(folder, name), 'utf8')).Resources ?? {}));
  return new Map(
    resources.flatMap(([id, resource]) => {
      const { Type, Properties } = resource as { Type: string; Properties: AssertionProperties };
      return Type.startsWith('Custom::DeployAssert@') ? [[id, Properties] as const] : [];
    }),
  );
}

/** The longest response of the handler. A text is counted twice where the message of an assertion that is not met repeats it. */
async function bytesOf(logicalId: string, properties: AssertionProperties): Promise<number> {
  const envelope = JSON.stringify({ ...ENVELOPE, PhysicalResourceId: logicalId, LogicalResourceId: logicalId }).length;
  return envelope + (properties.service === undefined ? await httpBytes(properties) : apiCallBytes(properties));
}

/** The body of a response has any length, so that only responses of the reference service may have one: it is requested from it here. */
async function httpBytes({ parameters: { url, fetchOptions } }: AssertionProperties): Promise<number> {
  if (fetchOptions?.method === 'HEAD') return HEAD_BYTES;
  const path = JSON.stringify(url).match(/(\/[a-z/]*(?:\?[a-z=]+)?)"\]?\]?\}?$/)?.[1];
  if (path === undefined) throw new Error(`no path at the end of ${JSON.stringify(url)}`);
  const response = await smallApp().inject(path);
  expect(response.statusCode).toBe(200);
  return HEAD_BYTES + response.body.length;
}

function apiCallBytes({ service, api, outputPaths, expected, stateMachineArn }: AssertionProperties): number {
  const values = [...returnedValues(service!, api!, outputPaths)];
  // without paths it is nested: a value has its own name, and at most the brackets of an element around it.
  const nameOf = (path: string) => (outputPaths ? `"apiCallResponse.${path}":"",` : `{"${path.split('.').at(-1)}":""},`);
  const data = values.reduce((sum, [path, length]) => sum + nameOf(path).length + length, 0);
  // one that is waited for responds only when it is met.
  const isRepeated = expected !== undefined && outputPaths !== undefined && stateMachineArn === undefined;
  const message = isRepeated ? 2 * values.reduce((sum, [, length]) => sum + length, 0) + JSON.stringify(expected).length + 60 : 40;
  return data + message;
}

/** Why the handler of integ-tests could never find that the expectation is met, whatever AWS returns. */
function unmetReason({ expected, actualPath, outputPaths, stateMachineArn }: AssertionProperties): string | undefined {
  if (typeof expected !== 'string') return undefined;
  if (outputPaths && actualPath === undefined) return 'the handler compares nothing where it returns paths: use assertAtPath';
  if (actualPath !== undefined && /^\{"\$(Exact|ObjectLike|ArrayWith)"/.test(expected)) return 'a value at a path is no structure';
  if (['0', 'false', '""'].includes(expected)) return 'the handler reads 0, false and an empty text as no value';
  if (expected === '' && stateMachineArn === undefined) return 'an expectation of no value is reported only when it is waited for';
  return undefined;
}
