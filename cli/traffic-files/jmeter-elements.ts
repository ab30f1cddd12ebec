import { InputError } from '../../src/parse/input-error';
import type { KnownIteration } from '../../src/traffic/iteration';

/** An element as the XML parser has it: one key for its name, with its content, and one for its attributes. */
export type JMeterElement = Readonly<Record<string, unknown>>;

const ATTRIBUTES = ':@';

type Tree = readonly JMeterElement[];

/** A thread group, the tree after it, and the trees around it, whose timers delay its samplers too. */
interface ThreadGroup {
  readonly element: JMeterElement;
  readonly content: Tree;
  readonly around: readonly Tree[];
}

/** Whether an element takes part in the test. */
export function isEnabled(element: JMeterElement): boolean {
  return attributesOf(element)['@_enabled'] !== 'false';
}

const CONDITIONAL_CONTROLLERS =
  /^(IfController|WhileController|SwitchController|RandomController|InterleaveControl|ForeachController|ThroughputController|RandomOrderController|OnceOnlyController|RunTime)$/;

const THROUGHPUT_TIMERS = /^(ConstantThroughputTimer|PreciseThroughputTimer|VariableThroughputTimer)$/;

/** What a thread does; undefined for what depends on anything. */
interface ThreadWork {
  readonly samplers: number | undefined;
  /** How often a timer around them would delay the thread: for each sampler of any kind. */
  readonly delays: number | undefined;
  readonly delaySeconds: number | undefined;
  readonly hasThroughput: boolean;
}

const NO_WORK: ThreadWork = { samplers: 0, delays: 0, delaySeconds: 0, hasThroughput: false };

/** Reads the elements of a test plan. */
export class JMeterElements {
  public readonly threadGroups: readonly ThreadGroup[];
  /** Whether the thread groups run one after the other. */
  public readonly isSerialized: boolean;
  private readonly variables = new Map<string, string>();
  private readonly properties = new Set<string>();

  public constructor(roots: Tree) {
    this.threadGroups = threadGroupsIn(roots);
    let isSerialized = false;
    forEachElement(roots, (element) => {
      if (nameOf(element) === 'TestPlan') isSerialized ||= this.text(element, 'TestPlan.serialize_threadgroups') === 'true';
      if (nameOf(element) !== 'elementProp' || attributesOf(element)['@_elementType'] !== 'Argument') return;
      this.variables.set(this.text(element, 'Argument.name') ?? '', this.text(element, 'Argument.value') ?? '');
    });
    this.isSerialized = isSerialized;
  }

  /** Remarks on the properties of which the default was taken. */
  public get propertyRemarks(): string[] {
    const names = [...this.properties].filter((name) => /^[\w.-]{1,40}$/.test(name)).slice(0, 5);
    return names.length === 0 ? [] : [`properties of JMeter are taken as not given on its command line: ${names.join(', ')}`];
  }

  /** The text of a property of an element. */
  public text(element: JMeterElement, property: string): string | undefined {
    const found = contentOf(element).find((child) => attributesOf(child)['@_name'] === property);
    return found === undefined ? undefined : textOf(found);
  }

  /** The loops of the main controller of a thread group; undefined if it goes on. */
  public loops(group: JMeterElement): number | undefined {
    const controller = contentOf(group).find((child) => attributesOf(child)['@_name'] === 'ThreadGroup.main_controller');
    const text = controller === undefined ? undefined : this.text(controller, 'LoopController.loops');
    if (text === undefined || text.trim() === '') return undefined;
    const loops = Number(this.resolved(text));
    if (!Number.isFinite(loops))
      throw new InputError(['the loops of a thread group of JMeter must be a number, or a property with a default']);
    return loops < 0 ? undefined : loops;
  }

  public number(element: JMeterElement, property: string, name: string, fallback?: number): number {
    const text = this.text(element, property);
    if ((text === undefined || text.trim() === '') && fallback !== undefined) return fallback;
    return this.numberIn(text ?? '', name);
  }

  /** The rows of numbers of a collection. */
  public rows(element: JMeterElement, property: string, name: string): number[][] {
    const collection = contentOf(element).find((child) => attributesOf(child)['@_name'] === property);
    return (collection === undefined ? [] : contentOf(collection)).map((row) =>
      contentOf(row).map((cell) => this.numberIn(textOf(cell) ?? '', `a number of ${name}`)),
    );
  }

  /** What a thread does in an iteration: its samplers, and the timers that delay each of them. */
  public iterationOf({ content, around }: Omit<ThreadGroup, 'element'>, remarks: string[]): KnownIteration {
    const work = around.reduce((inner, tree) => this.withTimers(inner, tree), this.withTimers(this.workOf(content), content));
    if (work.hasThroughput) remarks.push('a throughput timer of JMeter is not followed: give its rate as "at most … rps"');
    if (work.samplers === undefined || work.samplers === 0) {
      remarks.push('how many requests an iteration of JMeter sends is not known, one is assumed: give --requests-per-iteration');
      return {};
    }
    const { samplers, delaySeconds } = work;
    return { requestsPerIteration: samplers, ...(delaySeconds === undefined ? {} : { thinkSeconds: delaySeconds }) };
  }

  private workOf(elements: Tree): ThreadWork {
    return elements
      .flatMap((element, index) => (isEnabled(element) ? [this.workOfElement(element, treeAfter(elements, index))] : []))
      .reduce(sumOfWork, NO_WORK);
  }

  private workOfElement(element: JMeterElement, tree: Tree): ThreadWork {
    const name = nameOf(element).split('.').at(-1)!;
    if (name === 'hashTree') return NO_WORK;
    if (THROUGHPUT_TIMERS.test(name)) return { ...NO_WORK, hasThroughput: true };
    if (/Sampler(Proxy)?\d?$/.test(name))
      return this.withTimers({ ...NO_WORK, samplers: /^HTTPSampler/.test(name) ? 1 : 0, delays: 1 }, tree);
    if (name === 'TestAction') return this.withTimers({ ...NO_WORK, delays: 1, delaySeconds: this.pauseOf(element) }, tree);
    const inner = this.withTimers(this.workOf(tree), tree);
    const unlessNone = (value: number | undefined): number | undefined => (value === 0 ? 0 : undefined);
    if (CONDITIONAL_CONTROLLERS.test(name))
      return {
        ...inner,
        samplers: unlessNone(inner.samplers),
        delays: unlessNone(inner.delays),
        delaySeconds: unlessNone(inner.delaySeconds),
      };
    if (name !== 'LoopController') return inner;
    const loops = Number(this.resolved(this.text(element, 'LoopController.loops') ?? '1'));
    const times = (value: number | undefined): number | undefined => (value === undefined || !(loops >= 0) ? undefined : loops * value);
    return { ...inner, samplers: times(inner.samplers), delays: times(inner.delays), delaySeconds: times(inner.delaySeconds) };
  }

  /** Work with the timers of a tree around it, which delay each of its samplers. */
  private withTimers(work: ThreadWork, tree: Tree): ThreadWork {
    const timers = this.timers(tree);
    const seconds = timers === 0 || work.delays === 0 ? 0 : product(work.delays, timers);
    const hasThroughput = work.hasThroughput || tree.some((element) => isEnabled(element) && THROUGHPUT_TIMERS.test(nameOf(element)));
    return { ...work, delaySeconds: add(work.delaySeconds, seconds), hasThroughput };
  }

  /** The seconds that a Flow Control Action pauses; undefined if they are not known. */
  private pauseOf(action: JMeterElement): number | undefined {
    if (this.text(action, 'ActionProcessor.action') !== '1') return 0;
    const seconds = Number(this.resolved(this.text(action, 'ActionProcessor.duration') ?? '0')) / 1000;
    return seconds >= 0 ? seconds : undefined;
  }

  /** The mean delay of the timers directly in a tree, in seconds; undefined if one is not known. */
  private timers(tree: Tree): number | undefined {
    let seconds: number | undefined = 0;
    for (const element of tree.filter(isEnabled)) {
      const name = nameOf(element);
      const millis = (property: string): number => Number(this.resolved(this.text(element, property) ?? '0'));
      if (name === 'ConstantTimer' || name === 'GaussianRandomTimer') seconds = add(seconds, millis('ConstantTimer.delay') / 1000);
      if (name === 'UniformRandomTimer') seconds = add(seconds, (millis('ConstantTimer.delay') + millis('RandomTimer.range') / 2) / 1000);
      if (/^(BeanShellTimer|JSR223Timer|PoissonRandomTimer|SyncTimer)$/.test(name)) seconds = undefined;
    }
    return seconds === undefined || Number.isNaN(seconds) ? undefined : seconds;
  }

  private numberIn(text: string, name: string): number {
    const number = Number(this.resolved(text));
    if (text.trim() !== '' && Number.isFinite(number) && number >= 0) return number;
    throw new InputError([`${name} of JMeter must be a number of at least 0, or a property with a default such as \${__P(threads,10)}`]);
  }

  /** A text with the values of variables, and the defaults of properties, in their place. */
  private resolved(text: string, depth = 0): string {
    if (depth > 5) return text;
    const replaced = text
      .replace(
        /\$\{__(?:P|property)\(\s*([^,)]+)\s*(?:,\s*([^,)]*))?\s*(?:,\s*([^)]*))?\)\}/g,
        (whole, name: string, second?: string, third?: string) => {
          const value = third ?? second;
          if (value === undefined || value === '') return whole;
          this.properties.add(name);
          return value;
        },
      )
      .replace(/\$\{(\w+)\}/g, (whole, name: string) => this.variables.get(name) ?? whole);
    return replaced === text ? text.trim() : this.resolved(replaced, depth + 1);
  }
}

function threadGroupsIn(elements: Tree, outer: readonly Tree[] = []): ThreadGroup[] {
  const around = [...outer, elements];
  return elements.flatMap((element, index) => {
    const name = nameOf(element);
    if (/ThreadGroup$/.test(name) && !/^(Setup|Post)ThreadGroup$/.test(name))
      return [{ element, content: treeAfter(elements, index), around }];
    // what is below a disabled element does not take part.
    const isBelowEnabled = name === 'hashTree' && (index === 0 || isEnabled(elements[index - 1]!));
    return isBelowEnabled || name === 'jmeterTestPlan' ? threadGroupsIn(contentOf(element), around) : [];
  });
}

/** The tree of an element, which follows it. */
function treeAfter(elements: Tree, index: number): Tree {
  const next = elements[index + 1];
  return next !== undefined && nameOf(next) === 'hashTree' ? contentOf(next) : [];
}

function sumOfWork(one: ThreadWork, other: ThreadWork): ThreadWork {
  return {
    samplers: add(one.samplers, other.samplers),
    delays: add(one.delays, other.delays),
    delaySeconds: add(one.delaySeconds, other.delaySeconds),
    hasThroughput: one.hasThroughput || other.hasThroughput,
  };
}

function forEachElement(elements: Tree, visit: (element: JMeterElement) => void): void {
  for (const element of elements) {
    visit(element);
    forEachElement(contentOf(element), visit);
  }
}

function nameOf(element: JMeterElement): string {
  return Object.keys(element).find((key) => key !== ATTRIBUTES) ?? '';
}

function contentOf(element: JMeterElement): Tree {
  const content = element[nameOf(element)];
  return Array.isArray(content) ? (content as JMeterElement[]).filter((child) => nameOf(child) !== '#text') : [];
}

function textOf(element: JMeterElement): string | undefined {
  const content = element[nameOf(element)];
  const text = Array.isArray(content) ? (content as JMeterElement[]).find((child) => '#text' in child) : undefined;
  return text === undefined ? undefined : String(text['#text']);
}

function attributesOf(element: JMeterElement): Readonly<Record<string, string>> {
  return (element[ATTRIBUTES] ?? {}) as Readonly<Record<string, string>>;
}

function add(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || other === undefined ? undefined : one + other;
}

function product(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || other === undefined ? undefined : one * other;
}
