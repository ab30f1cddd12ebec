// A forecast of 24 hours with 20 instances, beside one with 20 tasks on Fargate: CPU time, and how many times as much. Run:
//   npx tsx bench/forecast-of-instances.ts [rounds]
import { type CreditMode, cpuCreditsOf } from '../src/plan/cpu-credits';
import { instanceSize } from '../src/plan/instance-types';
import type { Plan } from '../src/plan/service-plan';
import type { Scenario } from '../src/run/scenario';
import { forecast } from '../src/simulation/forecast';
import { cpuTarget } from '../test/search-plan';
import { daysByMinute, searchScenario } from './forecast-scenarios';

const ROUNDS = Number(process.argv[2] ?? 10);
const SIZE = instanceSize('t3.micro')!;
const traffic = daysByMinute(1);

/** 20 servers of two vCPU, of which all are busy at noon. */
function scenarioOf(plan: Partial<Plan>, platform: 'ecs' | 'ec2'): Scenario {
  const base = searchScenario(traffic, 30);
  const metric = platform === 'ec2' ? 'ASGAverageCPUUtilization' : 'ECSServiceAverageCPUUtilization';
  const policy = { ...base.plan.policy, platform, minCapacity: 20, maxCapacity: 20, targetTracking: [cpuTarget(60, { metric })] };
  return { ...base, workload: { ...base.workload, cpuSecondsPerRequest: 0.002 }, plan: { ...base.plan, task: SIZE, policy, ...plan } };
}

function instances(type: string, mode?: CreditMode): Scenario {
  const credits = cpuCreditsOf(type, mode);
  return scenarioOf(
    { instances: { type, ...(credits && { credits }), refreshWarmupSeconds: 60, capacityRebalance: false, volumeGiB: 8 } },
    'ec2',
  );
}

const SCENARIOS: Readonly<Record<string, Scenario>> = {
  'tasks on Fargate': scenarioOf({}, 'ecs'),
  'm7i.large': instances('m7i.large'),
  't3.micro, unlimited': instances('t3.micro'),
  't3.micro, standard, which run out of credits': instances('t3.micro', 'standard'),
};

function cpuSecondsOf(scenario: Scenario): number {
  const before = process.cpuUsage();
  forecast(scenario);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

// the rounds take turns, so that what else the machine does is the same for all.
const seconds = new Map(Object.keys(SCENARIOS).map((name): [string, number[]] => [name, []]));
for (const scenario of Object.values(SCENARIOS)) cpuSecondsOf(scenario);
for (let round = 0; round < ROUNDS; round++)
  for (const [name, scenario] of Object.entries(SCENARIOS)) seconds.get(name)!.push(cpuSecondsOf(scenario));

// the least time of all rounds is that with the least of other work on the machine.
const least = (values: readonly number[]): number => Math.min(...values);
const fargate = least(seconds.get('tasks on Fargate')!);
for (const [name, each] of seconds)
  console.log(name.padEnd(48), `${(1000 * least(each)).toFixed(1)} ms`, (least(each) / fargate).toFixed(2));
