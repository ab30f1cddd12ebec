import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { InputError, throwIfAny } from '../../src/parse/input-error';
import { type KnownIteration, mergedIteration, unknownThinkTimeRemark, waitsPerRequest } from '../../src/traffic/iteration';
import { oneAfterTheOther, phasesUntil, sumLoads, type TimedLoad } from '../../src/traffic/sum-loads';
import type { Traffic, TrafficPhase } from '../../src/traffic/traffic-phases';
import { trafficErrors } from '../../src/traffic/traffic-validation';
import { isEnabled, type JMeterElement, JMeterElements } from './jmeter-elements';
import { phasesOfLoops } from './phases-of-loops';
import type { TrafficFile } from './traffic-file';
import { isDeeperThan } from './xml-depth';

/** Whether a file is a test plan of JMeter. */
export function looksLikeJMeter({ extension, isFolder, head }: TrafficFile): boolean {
  return !isFolder && (extension === '.jmx' || head.includes('<jmeterTestPlan'));
}

/** Each controller in a controller is two levels deeper. */
const MAX_DEPTH = 200;

/** Reads the thread groups of a test plan, which run at the same time, or one after the other if the plan says so. */
export function readJMeter(file: TrafficFile, given: KnownIteration): Traffic {
  const text = file.script;
  if (isDeeperThan(MAX_DEPTH, text))
    throw new InputError([`the JMeter test plan must be nested at most ${MAX_DEPTH} elements deep, got more, which JMeter does not write`]);
  if (XMLValidator.validate(text) !== true) throw new InputError(['the JMeter test plan is not complete XML']);
  const parser = new XMLParser({
    ignoreAttributes: false,
    preserveOrder: true,
    parseTagValue: false,
    parseAttributeValue: false,
    processEntities: false,
  });
  const plan = new JMeterElements(parser.parse(text) as JMeterElement[]);
  const groups = plan.threadGroups.filter(({ element }) => isEnabled(element));
  if (groups.length === 0) throw new InputError(['the JMeter test plan must have a thread group that is enabled, got none']);
  const remarks: string[] = [];
  const loads = groups.map((group, index) => {
    const found = plan.iterationOf(group, remarks);
    const iteration = mergedIteration(found, given);
    if (plan.loops(group.element) !== undefined)
      remarks.push('a thread group of JMeter ends with its loops: their time is that of the timers and of responses of an idle service');
    const load = loadOf(plan, group.element, `thread group ${index + 1}`, iteration);
    const users = Math.max(0, ...load.phases.map(({ from, to }) => Math.max(from, to)));
    const remark = unknownThinkTimeRemark('JMeter thread group', 'timer', users, iteration);
    if (remark !== undefined) remarks.push(remark);
    return load;
  });
  const phases = sumLoads(plan.isSerialized ? oneAfterTheOther(loads, (end, delay) => end + delay) : loads);
  const all = [...new Set([...remarks, ...plan.propertyRemarks])];
  const traffic: Traffic = all.length === 0 ? { phases } : { phases, remarks: all };
  throwIfAny(trafficErrors(traffic));
  return traffic;
}

function loadOf(plan: JMeterElements, group: JMeterElement, name: string, iteration: KnownIteration): TimedLoad {
  const kind = Object.keys(group).find((key) => key !== ':@')!;
  const type = kind.split('.').at(-1)!;
  if (type === 'ThreadGroup' || type === 'SetupThreadGroup' || type === 'PostThreadGroup')
    return standardGroup(plan, group, name, iteration);
  if (type === 'ConcurrencyThreadGroup') return concurrencyGroup(plan, group, name, iteration);
  if (type === 'UltimateThreadGroup') return ultimateGroup(plan, group, name, iteration);
  throw new InputError([`${name} of JMeter is of a kind that is not read: write the traffic, as in "users 100 think 1s for 5m"`]);
}

/** One thread after the other, all within the ramp. */
function standardGroup(plan: JMeterElements, group: JMeterElement, name: string, iteration: KnownIteration): TimedLoad {
  const threads = plan.number(group, 'ThreadGroup.num_threads', `threads of ${name}`);
  const rampSeconds = plan.number(group, 'ThreadGroup.ramp_time', `ramp-up of ${name}`, 0);
  const isScheduled = plan.text(group, 'ThreadGroup.scheduler') === 'true';
  const startSeconds = isScheduled ? plan.number(group, 'ThreadGroup.delay', `delay of ${name}`, 0) : 0;
  const maxSeconds = isScheduled ? plan.number(group, 'ThreadGroup.duration', `duration of ${name}`) : Number.POSITIVE_INFINITY;
  const loops = plan.loops(group);
  if (loops !== undefined)
    return {
      name,
      startSeconds,
      phases: phasesUntil(phasesOfLoops({ users: threads, rampSeconds, loops }, iteration, `${name} of JMeter`), maxSeconds),
    };
  if (!isScheduled)
    throw new InputError([
      `${name} of JMeter loops without an end: set a duration in its scheduler, or write the traffic, as in "users 10 for 5m"`,
    ]);
  const durationSeconds = maxSeconds;
  return {
    name,
    startSeconds,
    phases: rampAndHold(threads, Math.min(rampSeconds, durationSeconds), rampSeconds, durationSeconds, iteration),
  };
}

function rampAndHold(
  threads: number,
  rampSeconds: number,
  wholeRampSeconds: number,
  durationSeconds: number,
  iteration: KnownIteration,
): TrafficPhase[] {
  const waits = waitsPerRequest(iteration);
  const stepSeconds = wholeRampSeconds / threads;
  // the first thread starts at once, the last one a step before the end of the ramp.
  const lastSeconds = Math.min(rampSeconds, Math.max(0, wholeRampSeconds - stepSeconds));
  const reached = lastSeconds < wholeRampSeconds - stepSeconds ? Math.floor(lastSeconds / stepSeconds) + 1 : threads;
  return [
    {
      kind: 'users' as const,
      from: 1,
      to: 1 + lastSeconds / (stepSeconds || 1),
      ...waits,
      durationSeconds: lastSeconds,
      stepSeconds: stepSeconds || 1,
    },
    { kind: 'users' as const, from: reached, to: reached, ...waits, durationSeconds: durationSeconds - lastSeconds },
  ].filter((phase) => phase.durationSeconds > 0);
}

/** Threads in steps to a level, which is held. */
function concurrencyGroup(plan: JMeterElements, group: JMeterElement, name: string, iteration: KnownIteration): TimedLoad {
  const unit = plan.text(group, 'Unit') === 'S' ? 1 : 60;
  const target = plan.number(group, 'TargetLevel', `target of ${name}`);
  const rampSeconds = unit * plan.number(group, 'RampUp', `ramp-up of ${name}`, 0);
  const holdSeconds = unit * plan.number(group, 'Hold', `hold of ${name}`, 0);
  const steps = plan.number(group, 'Steps', `steps of ${name}`, 0);
  const waits = waitsPerRequest(iteration);
  const ramp: TrafficPhase =
    steps > 0
      ? {
          kind: 'users',
          from: target / steps,
          to: target + target / steps,
          ...waits,
          durationSeconds: rampSeconds,
          stepSeconds: rampSeconds / steps,
        }
      : { kind: 'users', from: 0, to: target, ...waits, durationSeconds: rampSeconds, isOneByOne: true };
  const hold: TrafficPhase = { kind: 'users', from: target, to: target, ...waits, durationSeconds: holdSeconds };
  return { name, startSeconds: 0, phases: [ramp, hold].filter(({ durationSeconds }) => durationSeconds > 0) };
}

/** Rows of threads, each with its delay, start, hold and end; they are summed. */
function ultimateGroup(plan: JMeterElements, group: JMeterElement, name: string, iteration: KnownIteration): TimedLoad {
  const waits = waitsPerRequest(iteration);
  const rows = plan.rows(group, 'ultimatethreadgroupdata', name);
  const loads = rows.map(([threads = 0, delay = 0, start = 0, hold = 0, end = 0], index): TimedLoad => {
    const phase = (from: number, to: number, durationSeconds: number): TrafficPhase => ({
      kind: 'users',
      from,
      to,
      ...waits,
      durationSeconds,
      ...(from === to ? {} : { isOneByOne: true }),
    });
    const phases = [phase(0, threads, start), phase(threads, threads, hold), phase(threads, 0, end)].filter(
      ({ durationSeconds }) => durationSeconds > 0,
    );
    return { name: `row ${index + 1} of ${name}`, startSeconds: delay, phases };
  });
  const phases = sumLoads(loads);
  return { name, startSeconds: 0, phases };
}
