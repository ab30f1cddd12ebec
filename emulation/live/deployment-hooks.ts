import type { HookResponse } from '../../src/ecs/lifecycle-hook-runs';
import type { LifecycleStage } from '../../src/plan/lifecycle-hooks';
import { type AwsObject, number, structure, text } from '../front/aws-call';
import type { ControlPlaneClient } from '../front/control-plane-client';

/** A hook of a deployment configuration, with the event that its function gets. */
export interface HookInvocation {
  readonly region: string;
  /** As `lifecycleHooks` has it. */
  readonly hook: AwsObject;
  readonly stage: LifecycleStage;
  readonly event: AwsObject;
}

/**
 * Invokes the function of a lifecycle hook, and reads its response. A function that fails, or responds with something else, has failed.
 *
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/lambda-lifecycle-hooks.html
 */
export async function invokeHook(controlPlane: ControlPlaneClient, invocation: HookInvocation): Promise<HookResponse> {
  const { region, hook, stage, event } = invocation;
  const functionArn = text(hook.hookTargetArn);
  if (functionArn === undefined) return failed('it names no function');
  const body = Buffer.from(JSON.stringify({ ...event, lifecycleStage: stage, hookDetails: hook.hookDetails ?? {} }));
  const authorization = `AWS4-HMAC-SHA256 Credential=EMULATION/20260101/${region}/lambda/aws4_request, SignedHeaders=host, Signature=0`;
  const path = `/2015-03-31/functions/${encodeURIComponent(functionArn)}/invocations`;
  const headers = { authorization, 'content-type': 'application/json', 'content-length': String(body.length) };
  try {
    const reply = await controlPlane.send({ method: 'POST', path, headers, body });
    const received = reply.body.toString('utf8');
    if (reply.statusCode >= 400 || reply.headers['x-amz-function-error'] !== undefined) return failed(received.slice(0, MAX_REASON_LENGTH));
    return readResponse(structure(JSON.parse(received)));
  } catch (error) {
    return failed((error as Error).message);
  }
}

const MAX_REASON_LENGTH = 300;

function readResponse({ hookStatus, callBackDelay }: AwsObject): HookResponse {
  if (hookStatus === 'SUCCEEDED') return { hookStatus };
  if (hookStatus === 'IN_PROGRESS') return { hookStatus, callBackDelaySeconds: number(callBackDelay) };
  return failed(
    hookStatus === 'FAILED' ? 'it responded with FAILED' : `it responded without a hookStatus, got ${JSON.stringify(hookStatus)}`,
  );
}

function failed(reason: string): HookResponse {
  return { hookStatus: 'FAILED', reason };
}
