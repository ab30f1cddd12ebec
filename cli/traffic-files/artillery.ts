import { InputError, throwIfAny } from '../../src/parse/input-error';
import { isJsonObject, type JsonObject } from '../../src/parse/json-fields';
import type { KnownIteration } from '../../src/traffic/iteration';
import type { Traffic, TrafficPhase } from '../../src/traffic/traffic-phases';
import { trafficErrors } from '../../src/traffic/traffic-validation';
import type { TrafficFile } from './traffic-file';
import { numberIn, objectInYaml, objectsIn, secondsIn } from './yaml-file';

/** Whether a file is a test of artillery. */
export function looksLikeArtillery({ extension, isFolder, head }: TrafficFile): boolean {
  if (isFolder || !/^\.(ya?ml|json)$/.test(extension)) return false;
  if (/["']?\bphases["']?\s*:/.test(head) && /\b(arrivalRate|arrivalCount|rampTo|pause)\b/.test(head)) return true;
  // a test may have its phases in its environments, or none.
  return ['config', 'scenarios'].every((name) => hasTopLevel(head, name)) && !hasTopLevel(head, 'execution');
}

function hasTopLevel(text: string, name: string): boolean {
  return new RegExp(`^["'{\\s]{0,3}${name}["']?\\s*:`, 'm').test(text);
}

/** Reads the phases of a test of artillery, whose users arrive at a rate, and the requests of its scenarios. */
export function readArtillery(file: TrafficFile, { requestsPerIteration }: KnownIteration): Traffic {
  const test = objectInYaml(file);
  const config = isJsonObject(test['config']) ? test['config'] : test;
  const { phases, remarks: environmentRemarks } = phasesOf(config);
  const flow = meanFlow(objectsIn(test['scenarios']));
  const requests = requestsPerIteration ?? flow.requests ?? 1;
  const traffic: Traffic = { phases: phases.map((phase, index) => phaseOf(phase, `phase ${index + 1} of artillery`, requests)) };
  throwIfAny(trafficErrors(traffic));
  const remarks = [...environmentRemarks, ...remarksOf(phases, flow, requestsPerIteration, requests)];
  return remarks.length === 0 ? traffic : { ...traffic, remarks };
}

interface Phases {
  readonly phases: readonly JsonObject[];
  readonly remarks: readonly string[];
}

/** The phases of the test, or those of its only environment with phases. */
function phasesOf(config: JsonObject): Phases {
  const phases = objectsIn(config['phases']);
  if (phases.length > 0) return { phases, remarks: [] };
  const environments = Object.entries(isJsonObject(config['environments']) ? config['environments'] : {}).flatMap(([name, environment]) => {
    const own = isJsonObject(environment) ? objectsIn(environment['phases']) : [];
    return own.length === 0 ? [] : [{ name: /^[\w.-]{1,20}$/.test(name) ? name : 'environment', phases: own }];
  });
  const [only, ...others] = environments;
  if (only === undefined)
    throw new InputError(['the artillery test has no phases, so it runs one user once: write the traffic, as in "rps 10 for 5m"']);
  if (others.length === 0) return { phases: only.phases, remarks: [`the phases are those of the environment ${only.name} of artillery`] };
  const names = environments.map(({ name }) => name).slice(0, 5);
  throw new InputError([`the artillery test has phases for ${names.join(', ')}: give a file with those of one as config.phases`]);
}

function phaseOf(phase: JsonObject, name: string, requests: number): TrafficPhase {
  if (phase['pause'] !== undefined) return rate(0, 0, secondsIn(phase['pause'], `pause of ${name}`));
  const durationSeconds = secondsIn(phase['duration'], `duration of ${name}`);
  if (phase['arrivalCount'] !== undefined) {
    const perSecond = (requests * numberIn(phase['arrivalCount'], `arrivalCount of ${name}`)) / durationSeconds;
    return rate(perSecond, perSecond, durationSeconds);
  }
  const from = numberIn(phase['arrivalRate'] ?? (phase['rampTo'] === undefined ? undefined : 0), `arrivalRate of ${name}`);
  const to = phase['rampTo'] === undefined ? from : numberIn(phase['rampTo'], `rampTo of ${name}`);
  return rate(from * requests, to * requests, durationSeconds);
}

function rate(from: number, to: number, durationSeconds: number): TrafficPhase {
  return { kind: 'rps', from, to, thinkSeconds: 0, durationSeconds };
}

interface Flow {
  /** The mean over the scenarios by their weights; undefined if it depends on responses. */
  readonly requests: number | undefined;
  readonly thinkSeconds: number;
}

function meanFlow(scenarios: readonly JsonObject[]): Flow {
  const flows = scenarios.map((scenario) => ({ weight: Number(scenario['weight'] ?? 1), flow: flowOf(objectsIn(scenario['flow'])) }));
  const weight = flows.reduce((sum, one) => sum + one.weight, 0);
  if (!(weight > 0)) return { requests: undefined, thinkSeconds: 0 };
  const isKnown = flows.every(({ flow }) => flow.requests !== undefined);
  const mean = (value: (flow: Flow) => number): number => flows.reduce((sum, one) => sum + one.weight * value(one.flow), 0) / weight;
  const requests = isKnown ? mean((flow) => flow.requests!) : 0;
  // users of sockets or browsers send requests that do not show here.
  return { requests: requests > 0 ? requests : undefined, thinkSeconds: mean(({ thinkSeconds }) => thinkSeconds) };
}

const REQUEST_STEPS = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options'];

const NOTHING: Flow = { requests: 0, thinkSeconds: 0 };

function flowOf(steps: readonly JsonObject[]): Flow {
  return steps
    .map(flowOfStep)
    .reduce(
      (one, other) => ({ requests: sum(one.requests, other.requests), thinkSeconds: one.thinkSeconds + other.thinkSeconds }),
      NOTHING,
    );
}

function flowOfStep(step: JsonObject): Flow {
  const isRequest = REQUEST_STEPS.some((name) => name in step);
  if (isRequest) return { requests: step['ifTrue'] === undefined ? 1 : undefined, thinkSeconds: 0 };
  if (step['think'] !== undefined) return { requests: 0, thinkSeconds: thinkSecondsIn(step['think']) };
  const inner = flowOf(objectsIn(step['loop'] ?? step['parallel']));
  const count = step['loop'] === undefined ? 1 : Number(step['count']);
  if (!Number.isFinite(count)) return { ...inner, requests: inner.requests === 0 ? 0 : undefined };
  return { requests: inner.requests === undefined ? undefined : count * inner.requests, thinkSeconds: count * inner.thinkSeconds };
}

/** A think time; none if it is a variable of the test. */
function thinkSecondsIn(value: unknown): number {
  try {
    return secondsIn(value, 'think');
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return 0;
  }
}

function sum(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || other === undefined ? undefined : one + other;
}

function remarksOf(phases: readonly JsonObject[], flow: Flow, given: number | undefined, requests: number): string[] {
  const isLimited = phases.some((phase) => phase['maxVusers'] !== undefined);
  return [
    ...(given === undefined && flow.requests === undefined
      ? ['how many requests a user of artillery sends is not known, one is assumed: give --requests-per-iteration']
      : []),
    ...(given === undefined && flow.requests !== undefined && requests !== 1
      ? [`a user of artillery sends ${Number(requests.toPrecision(4))} requests on average: --requests-per-iteration overrides it`]
      : []),
    ...(flow.thinkSeconds > 0
      ? [
          `users of artillery think ${Number(flow.thinkSeconds.toPrecision(4))} s on average: their later requests come so much later than in this traffic`,
        ]
      : []),
    ...(isLimited ? ['maxVusers of artillery is not followed: users beyond it are skipped if responses are slow'] : []),
  ];
}
