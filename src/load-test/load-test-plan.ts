import { readFileSync } from 'node:fs';
import { Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { reachedEnd, trafficSeconds, withoutSteps } from '../traffic/traffic-phases';
import type { LoadTestProps } from './load-test-props';
import type { LoadTestRequest } from './load-test-request';
import { targetUrlOf } from './target-url';

/** A phase of traffic in a few characters. */
type CompactPhase = readonly [
  kind: 'rps' | 'users',
  from: number,
  to: number,
  thinkSeconds: number,
  seconds: number,
  pacingSeconds: number,
];

/** What the program in the container reads: everything about a load test that is not in its script. */
export interface LoadTestPlan {
  readonly name: string;
  readonly url: string;

  /** None where the script has its own load. */
  readonly phases?: readonly CompactPhase[];
  readonly maxRequestsPerSecond?: number;
  readonly requests: readonly LoadTestRequest[];
  readonly timeoutSeconds: number;
  readonly verifyTlsCertificate: boolean;
  readonly thresholds: PlannedThresholds;

  /** The virtual users for requests per second. */
  readonly maxVUs: number;

  /** The time after which the container ends the run. */
  readonly maxSeconds: number;

  /** The worker processes. */
  readonly workers: number;
}

/** Thresholds with their units. */
export interface PlannedThresholds {
  readonly maxFailedPercent: number;
  readonly minRequests: number;
  readonly maxMeanMilliseconds?: number;
  readonly maxP50Milliseconds?: number;
  readonly maxP90Milliseconds?: number;
  readonly maxP95Milliseconds?: number;
  readonly maxP99Milliseconds?: number;
}

/** How long a run may take beyond its traffic: requests in flight end, and the results are written. */
const MORE_SECONDS = 60;

/** With more steps than this, a phase becomes a linear ramp: a plan must fit into a task definition. */
const MAX_STEPS = 100;

/** The plan of the props. */
export function loadTestPlanOf(scope: IConstruct, props: LoadTestProps): LoadTestPlan {
  const traffic = props.traffic?._traffic();
  return {
    name: nameOf(scope, props),
    url: targetUrlOf(props),
    phases:
      traffic &&
      [...traffic.phases]
        .flatMap((phase) => withoutSteps(phase, MAX_STEPS))
        .map(
          ({ kind, from, to, thinkSeconds, durationSeconds, pacingSeconds = 0 }) =>
            [kind, from, to, thinkSeconds, durationSeconds, pacingSeconds] as const,
        ),
    maxRequestsPerSecond: traffic?.clientLimitRequestsPerSecond,
    requests: requestsOf(props),
    timeoutSeconds: props.requestTimeout?.toSeconds({ integral: false }) ?? 60,
    verifyTlsCertificate: props.verifyTlsCertificate ?? true,
    thresholds: thresholdsOf(props),
    maxVUs: props.engine?._options.maxVUs ?? maxVUsOf(props),
    maxSeconds: Math.ceil(
      props.maxDuration?.toSeconds({ integral: false }) ?? (traffic === undefined ? 0 : trafficSeconds(traffic) + MORE_SECONDS),
    ),
    workers: props.engine?._options.workers ?? 1,
  };
}

/** The name of a load test. */
export function nameOf(scope: IConstruct, { loadTestName }: LoadTestProps): string {
  return loadTestName ?? scope.node.path;
}

/** The text of the script of the props; undefined where the image has it, or there is none. */
export function scriptTextOf({ script }: LoadTestProps): string | undefined {
  if (script === undefined || script._kind === 'image') return undefined;
  return script._kind === 'text' ? script._value : readFileSync(script._value, 'utf8');
}

/** A plan as JSON, in which a host name may be known to the deployment only. */
export function jsonOf(scope: IConstruct, plan: LoadTestPlan): string {
  return Stack.of(scope).toJsonString(plan);
}

function requestsOf({ paths, requests, script }: LoadTestProps): LoadTestRequest[] {
  if (script !== undefined) return [];
  const all = [...(paths ?? []).map((path) => ({ path })), ...(requests ?? [])];
  return all.length > 0 ? all : [{ path: '/' }];
}

function thresholdsOf({ thresholds = {} }: LoadTestProps): PlannedThresholds {
  return {
    maxFailedPercent: thresholds.maxFailedPercent ?? 1,
    minRequests: thresholds.minRequests ?? 1,
    maxMeanMilliseconds: thresholds.maxMean?.toMilliseconds({ integral: false }),
    maxP50Milliseconds: thresholds.maxP50?.toMilliseconds({ integral: false }),
    maxP90Milliseconds: thresholds.maxP90?.toMilliseconds({ integral: false }),
    maxP95Milliseconds: thresholds.maxP95?.toMilliseconds({ integral: false }),
    maxP99Milliseconds: thresholds.maxP99?.toMilliseconds({ integral: false }),
  };
}

const SECONDS_IN_FLIGHT = 2;

function maxVUsOf({ traffic }: LoadTestProps): number {
  const rates = [...(traffic?._traffic().phases ?? [])].flatMap((phase) => (phase.kind === 'rps' ? [phase.from, reachedEnd(phase)] : []));
  const peak = rates.reduce((max, rate) => Math.max(max, rate), 0);
  return Math.min(10_000, Math.max(100, Math.ceil(peak * SECONDS_IN_FLIGHT)));
}
