import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ControlPlane } from '../../../emulation/control-plane/start-control-plane';
import { controlPlaneHere, hasPython } from './control-plane-here';
import { attribute, placeholder, ref } from './network-template';
import { Stacks } from './stacks-of';

const INSTALL_MILLISECONDS = 300_000;

/** Sends its response as functions do on AWS: over HTTPS, to the host and path of the URL. */
const RESPOND = `
const https = require('node:https');
exports.respond = (event, response) => new Promise((resolve, reject) => {
  const { hostname, pathname, search } = new URL(event.ResponseURL);
  const body = JSON.stringify({ Status: 'SUCCESS', StackId: event.StackId, RequestId: event.RequestId, LogicalResourceId: event.LogicalResourceId,
    PhysicalResourceId: 'made-' + event.LogicalResourceId, ...response });
  const request = https.request({ hostname, path: pathname + search, method: 'PUT', headers: { 'content-length': Buffer.byteLength(body) } }, () => resolve());
  request.on('error', reject);
  request.end(body);
});
`;

const ROLE = {
  Type: 'AWS::IAM::Role',
  Properties: {
    AssumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
    },
  },
};

function lambda(handler: string) {
  return {
    Type: 'AWS::Lambda::Function',
    Properties: {
      Runtime: 'nodejs20.x',
      Handler: 'index.handler',
      Timeout: 30,
      Role: attribute('Arn', 'Role'),
      Code: { ZipFile: `${RESPOND}\nexports.handler = async (event) => ${handler};` },
    },
  };
}

function template(handler: string, properties: object = {}) {
  return {
    Resources: {
      Role: ROLE,
      Function: lambda(handler),
      Made: { Type: 'Custom::Made', Properties: { ServiceToken: attribute('Arn', 'Function'), ...properties } },
    },
    Outputs: { Id: { Value: ref('Made') }, Said: { Value: attribute('Said', 'Made') } },
  };
}

describe.skipIf(!hasPython('custom resources of the emulation'))('a custom resource', () => {
  let plane: ControlPlane;
  let stacks: Stacks;

  beforeAll(async () => {
    plane = await controlPlaneHere();
    stacks = new Stacks(plane.url);
  }, INSTALL_MILLISECONDS);

  afterAll(() => plane?.stop());

  test('gets its properties as texts, and returns its data over HTTP', async () => {
    const handler = "exports.respond(event, { Data: { Said: event.RequestType + ' ' + JSON.stringify(event.ResourceProperties.Values) } })";
    expect(await stacks.create('Custom', template(handler, { Values: [1, true] }))).toBe('CREATE_COMPLETE');
    expect(await stacks.outputs('Custom')).toEqual({ Id: 'made-Made', Said: 'Create ["1","true"]' });
    expect(await stacks.update('Custom', template(handler, { Values: [2] }))).toBe('UPDATE_COMPLETE');
    expect(await stacks.outputs('Custom')).toEqual({ Id: 'made-Made', Said: 'Update ["2"]' });
    expect(await stacks.delete('Custom')).toBe('DELETE_COMPLETE');
  });

  test.each([
    [
      'responds that it failed',
      "exports.respond(event, event.RequestType === 'Create' ? { Status: 'FAILED', Reason: 'no luck' } : {})",
      'Message returned: no luck',
    ],
    [
      'prints why, and ends its process',
      "{ if (event.RequestType === 'Create') { console.log('out of luck'); process.exit(7); } return exports.respond(event, {}); }",
      'out of luck',
    ],
    ['throws', "{ throw new Error('broken'); }", 'failed: broken'],
    [
      'ends its process',
      "{ if (event.RequestType === 'Create') process.exit(7); return exports.respond(event, {}); }",
      'Runtime exited with status 7',
    ],
    [
      'responds with more than 4,096 bytes',
      "exports.respond(event, { Data: { Said: 'x'.repeat(event.RequestType === 'Create' ? 5000 : 1) } })",
      'Response object is too long',
    ],
  ])('whose function %s fails the stack with the reason', async (_, handler, reason) => {
    expect(await stacks.create('Failing', template(handler))).toBe('ROLLBACK_COMPLETE');
    expect(await stacks.failures('Failing')).toEqual([expect.stringContaining(reason)]);
    await stacks.delete('Failing');
  });

  test('is called in the process of the invocation before, with what its module has kept', async () => {
    const handler = '(globalThis.calls = (globalThis.calls ?? 0) + 1, exports.respond(event, { Data: { Said: globalThis.calls } }))';
    expect(await stacks.create('Warm', template(handler))).toBe('CREATE_COMPLETE');
    expect(await stacks.update('Warm', template(handler, { Value: '2' }))).toBe('UPDATE_COMPLETE');
    expect(await stacks.outputs('Warm')).toMatchObject({ Said: '2' });
    expect(await stacks.delete('Warm')).toBe('DELETE_COMPLETE');
  });

  test.each([
    [
      'Node',
      'nodejs20.x',
      "exports.handler = async ({ n }) => { require('node:child_process').execFileSync('echo', ['{\"result\": 0}'], { stdio: 'inherit' }); return n; };",
    ],
    [
      'Python',
      'python3.12',
      'import subprocess\ndef handler(event, _):\n  subprocess.check_call(["echo", \'{"result": 0}\'])\n  return event["n"]',
    ],
  ])('has a function in %s whose programs may write to stdout: that is no answer', async (name, Runtime, ZipFile) => {
    const writing = { Type: 'AWS::Lambda::Function', Properties: { ...lambda('').Properties, Runtime, Code: { ZipFile } } };
    expect(await stacks.create(`Writing${name}`, { Resources: { Role: ROLE, Writing: writing } })).toBe('CREATE_COMPLETE');
    const functionName = await stacks.physicalId(`Writing${name}`, 'Writing');
    const answers: string[] = [];
    for (const n of [1, 2]) answers.push(await invoke(plane.url, functionName, { n }));
    expect(answers).toEqual(['1', '2']);
    await stacks.delete(`Writing${name}`);
  });

  test('can wait with a state machine that calls a function again until it succeeds', async () => {
    // what waitForAssertions of integration tests synthesizes: the response comes from a later invocation.
    const isComplete = `{
      const fs = require('node:fs'), path = require('node:path');
      const file = path.join(require('node:os').tmpdir(), 'emulation-attempts-' + process.ppid);
      const attempts = Number(fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : 0) + 1;
      fs.writeFileSync(file, String(attempts));
      if (attempts < 3) throw new Error('not yet');
      fs.rmSync(file);
      return exports.respond(event, { Data: { Said: 'after ' + attempts } });
    }`;
    const start = `event.RequestType !== 'Update'
      ? exports.call('AWSStepFunctions.StartExecution', { stateMachineArn: event.ResourceProperties.Machine, input: JSON.stringify(event) })
      : exports.respond(event, {})`;
    const call = `exports.call = (target, input) => fetch(process.env.AWS_ENDPOINT_URL, { method: 'POST', body: JSON.stringify(input), headers: {
      'content-type': 'application/x-amz-json-1.0', 'x-amz-target': target,
      authorization: 'AWS4-HMAC-SHA256 Credential=x/20260101/us-east-1/states/aws4_request, SignedHeaders=host, Signature=0' } });`;
    const starter = lambda(start);
    starter.Properties.Code.ZipFile += call;
    const states = {
      StartAt: 'IsComplete',
      States: {
        IsComplete: {
          Type: 'Task',
          Resource: placeholder('Target'),
          End: true,
          Retry: [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 1, MaxAttempts: 5, BackoffRate: 1 }],
        },
      },
    };
    const waiting = template(start, { Machine: ref('Machine') });
    const Resources = {
      ...waiting.Resources,
      Function: starter,
      IsComplete: lambda(isComplete),
      Machine: {
        Type: 'AWS::StepFunctions::StateMachine',
        Properties: {
          RoleArn: attribute('Arn', 'Role'),
          DefinitionString: JSON.stringify(states),
          DefinitionSubstitutions: { Target: attribute('Arn', 'IsComplete') },
        },
      },
    };
    expect(await stacks.create('Waiting', { ...waiting, Resources })).toBe('CREATE_COMPLETE');
    expect(await stacks.outputs('Waiting')).toMatchObject({ Said: 'after 3' });
    // a second execution of the same state machine, also without a name.
    expect(await stacks.delete('Waiting')).toBe('DELETE_COMPLETE');
  });
});

async function invoke(url: string, functionName: string, event: object): Promise<string> {
  const authorization = 'AWS4-HMAC-SHA256 Credential=x/20260101/us-east-1/lambda/aws4_request, SignedHeaders=host, Signature=0';
  const path = `/2015-03-31/functions/${functionName}/invocations`;
  const response = await fetch(`${url}${path}`, { method: 'POST', headers: { authorization }, body: JSON.stringify(event) });
  return response.text();
}
