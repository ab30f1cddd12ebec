import { InvalidInput, refuse } from '../src/plan/invalid-input';
import type { Plan } from '../src/plan/plan';
import { vcpuOf } from '../src/plan/task-size';
import { workloadLine } from '../src/report/text/plan';
import type { Scenario } from '../src/scenario/scenario';
import { scenarioMistakes } from '../src/scenario/scenario-mistakes';
import { type Traffic, trafficInWords } from '../src/scenario/traffic';
import { withChanges } from '../src/scenario/what-if';
import { MEASURED_SEARCH_WORKLOAD, type Workload } from '../src/scenario/workload';
import type { Console } from './console';
import { defaultTraffic, SURGE_SHARE } from './default-traffic';
import { withLatencyModel } from './latency-model';
import type { OpenQuestion } from './question';
import { type MeasurementParts, measureWorkload } from './rehearsal/measure-workload';
import { Unmeasurable } from './rehearsal/unmeasurable';
import type { RehearseArguments } from './rehearse-arguments';

/** This machine is about as busy with so many tasks as with more. */
const MOST_MEASURED_TASKS = 3;

/** A scenario before the measurement: traffic may still be chosen, and the workload is what is assumed without one. */
type Asked = Omit<Scenario, 'traffic'> & { readonly traffic?: Traffic };

/** What is rehearsed, and why its workload was not measured, if so. */
export interface RehearsalScenario {
  readonly scenario: Scenario;
  /** A sentence for whoever compares the forecast. */
  readonly unmeasured?: string;
}

type Stage = Omit<MeasurementParts, 'plan'> & { readonly console: Console; readonly interrupted: Promise<never> };

/** What is asked of a plan, with the changes that the question makes to it. */
export function askedOf(plan: Plan, { changes, workload = MEASURED_SEARCH_WORKLOAD, ...question }: OpenQuestion): Asked {
  return withChanges({ ...question, plan, workload }, changes);
}

/**
 * Measures what a request costs a task, and chooses traffic by it where none was given.
 *
 * Where there is traffic, it goes on also without a measurement: how a service fares that fails under load is worth seeing.
 */
export async function rehearsalScenario(args: RehearseArguments, asked: Asked, stage: Stage): Promise<RehearsalScenario> {
  const { console } = stage;
  console.say('\nMeasuring what a request costs one task, about 15 seconds, up to a minute where it is slow …');
  const { workload, unmeasured } = await workloadOf(args, asked, stage);
  const isWorkloadAssumed = unmeasured !== undefined && args.question.workload === undefined;
  const scenario = withTraffic({ ...asked, workload, isWorkloadAssumed }, args);
  console.say(`  traffic   ${trafficSaid(scenario, args)}`);
  refuse(scenarioMistakes(scenario));
  return { scenario, unmeasured };
}

async function workloadOf(
  args: RehearseArguments,
  asked: Asked,
  stage: Stage,
): Promise<{ readonly workload: Workload; readonly unmeasured?: string }> {
  const { console, interrupted } = stage;
  const taskCount = Math.max(1, Math.min(asked.plan.policy.minCapacity, MOST_MEASURED_TASKS));
  try {
    const measured = await console.through((onPhase) =>
      Promise.race([measureWorkload({ ...stage, plan: asked.plan, taskCount, speed: args.speed, onPhase }), interrupted]),
    );
    const workload = withLatencyModel(measured, vcpuOf(asked.plan.task));
    console.say(`  ${workloadLine(workload)} (fitted within ${(100 * measured.worstResidualShare).toFixed(1)} points of CPU)`);
    return { workload };
  } catch (error) {
    if (!(error instanceof Unmeasurable)) throw error;
    if (asked.traffic === undefined && args.externalSeconds === undefined) throw withAdvice(error);
    const unmeasured = unmeasuredInWords(error, args);
    console.say(`  ${unmeasured}`);
    console.say(`  ${workloadLine(asked.workload)}`);
    return { workload: asked.workload, unmeasured };
  }
}

function withAdvice({ mistakes }: Unmeasurable): InvalidInput {
  return new InvalidInput([
    ...mistakes,
    "without a measurement no traffic can be chosen: give --traffic, such as --traffic 'users 5 for 10m', to rehearse all the same",
  ]);
}

function unmeasuredInWords({ reason }: Unmeasurable, { question }: RehearseArguments): string {
  const instead = question.workload === undefined ? 'reference service' : 'scenario file';
  return `what a request costs could not be measured (${reason}): the forecast beside the rehearsal has the workload of the ${instead} instead`;
}

/**
 * The scenario as it can be rehearsed: what a process needs to start and to stop cannot be sped up, so at speed it takes that much more of
 * the scenario. A task is registered once it listens, and checked at once.
 */
export function atSpeed<Question extends Omit<Scenario, 'traffic'>>(scenario: Question, speed: number): Question {
  const { plan, workload, behavior } = scenario;
  return {
    ...scenario,
    registersOnceListening: true,
    behavior: { ...behavior, firstHealthCheckShare: { least: 0, most: 0 } },
    plan: { ...plan, container: { ...plan.container, stopTimeoutSeconds: plan.container.stopTimeoutSeconds * speed } },
    workload: { ...workload, startSeconds: workload.startSeconds * speed, stopSeconds: workload.stopSeconds * speed },
  };
}

function withTraffic(asked: Omit<Scenario, 'traffic'> & { readonly traffic?: Traffic }, args: RehearseArguments): Scenario {
  const { externalSeconds, speed } = args;
  if (externalSeconds !== undefined) return { ...asked, traffic: silence(externalSeconds) };
  return { ...asked, traffic: asked.traffic ?? defaultTraffic(atSpeed(asked, speed)) };
}

/** What is sent from here where the requests come from elsewhere. */
function silence(durationSeconds: number): Traffic {
  return { phases: [{ kind: 'rps', from: 0, to: 0, thinkSeconds: 0, durationSeconds }] };
}

function trafficSaid({ traffic }: Scenario, { externalSeconds, question }: RehearseArguments): string {
  if (externalSeconds !== undefined) return 'whatever comes to the address below';
  const chosen = question.traffic === undefined ? ` (chosen to pass the CPU target by ${Math.round(100 * (SURGE_SHARE - 1))} %)` : '';
  return trafficInWords(traffic) + chosen;
}
