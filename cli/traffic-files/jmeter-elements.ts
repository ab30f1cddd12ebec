import { InputError } from '../../src/parse/input-error';
import type { KnownIteration } from '../../src/traffic/iteration';

/** An element as the XML parser has it: one key for its name, with its content, and one for its attributes. */
export type JMeterElement = Readonly<Record<string, unknown>>;

const ATTRIBUTES = ':@';

/** A thread group, and the tree after it. */
interface ThreadGroup {
  readonly element: JMeterElement;
  readonly content: readonly JMeterElement[];
}

/** Whether an element takes part in the test. */
export function isEnabled(element: JMeterElement): boolean {
  return attributesOf(element)['@_enabled'] !== 'false';
}

/** Reads the elements of a test plan. */
export class JMeterElements {
  public readonly threadGroups: readonly ThreadGroup[];
  private readonly variables = new Map<string, string>();
  private readonly properties = new Set<string>();

  public constructor(roots: readonly JMeterElement[]) {
    this.threadGroups = threadGroupsIn(roots);
    forEachElement(roots, (element) => {
      if (nameOf(element) !== 'elementProp' || attributesOf(element)['@_elementType'] !== 'Argument') return;
      this.variables.set(this.text(element, 'Argument.name') ?? '', this.text(element, 'Argument.value') ?? '');
    });
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
  public iterationOf(content: readonly JMeterElement[], remarks: string[]): KnownIteration {
    let [samplers, delays, isKnown] = [0, 0 as number | undefined, true];
    const visit = (elements: readonly JMeterElement[], repeated: number): void => {
      for (const [index, element] of elements.entries()) {
        if (!isEnabled(element)) continue;
        const name = nameOf(element).split('.').at(-1)!;
        const inner = elements[index + 1];
        const tree = inner !== undefined && nameOf(inner) === 'hashTree' ? contentOf(inner) : [];
        if (/Sampler(Proxy)?\d?$/.test(name) && name !== 'DebugSampler') {
          if (/^HTTPSampler/.test(name)) samplers += repeated;
          delays = add(delays, repeated * (this.timers(tree) ?? Number.NaN));
          continue;
        }
        if (
          /^(IfController|WhileController|SwitchController|RandomController|InterleaveControl|ForeachController|ThroughputController|RandomOrderController|OnceOnlyController|RunTime)$/.test(
            name,
          ) &&
          hasSampler(tree)
        )
          isKnown = false;
        if (name === 'LoopController') {
          const loops = Number(this.resolved(this.text(element, 'LoopController.loops') ?? '1'));
          if (!Number.isFinite(loops) || loops < 0) isKnown = false;
          visit(tree, repeated * Math.max(1, loops));
        } else visit(tree, repeated);
        if (/^(ConstantThroughputTimer|PreciseThroughputTimer|VariableThroughputTimer)$/.test(name))
          remarks.push('a throughput timer of JMeter is not followed: give its rate as "at most … rps"');
      }
    };
    visit(content, 1);
    // a timer of the group delays each of its samplers.
    const groupDelay = this.timers(content);
    const thinkSeconds =
      delays === undefined || Number.isNaN(delays) || groupDelay === undefined ? undefined : delays + samplers * groupDelay;
    if (!isKnown || samplers === 0) {
      remarks.push('how many requests an iteration of JMeter sends is not known, one is assumed: give --requests-per-iteration');
      return {};
    }
    return thinkSeconds === undefined ? { requestsPerIteration: samplers } : { requestsPerIteration: samplers, thinkSeconds };
  }

  /** The mean delay of the timers directly in a tree, in seconds; undefined if one is not known. */
  private timers(tree: readonly JMeterElement[]): number | undefined {
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

function threadGroupsIn(roots: readonly JMeterElement[]): ThreadGroup[] {
  const groups: ThreadGroup[] = [];
  const visit = (elements: readonly JMeterElement[]): void => {
    for (const [index, element] of elements.entries()) {
      const name = nameOf(element);
      if (/ThreadGroup$/.test(name) && !/^(Setup|Post)ThreadGroup$/.test(name)) {
        const next = elements[index + 1];
        groups.push({ element, content: next === undefined ? [] : contentOf(next) });
      }
      // what is below a disabled element does not take part.
      else if (name === 'hashTree' && (index === 0 || isEnabled(elements[index - 1]!))) visit(contentOf(element));
      else if (name === 'jmeterTestPlan') visit(contentOf(element));
    }
  };
  visit(roots);
  return groups;
}

function hasSampler(tree: readonly JMeterElement[]): boolean {
  let isFound = false;
  forEachElement(tree, (element) => {
    if (/^HTTPSampler/.test(nameOf(element)) && isEnabled(element)) isFound = true;
  });
  return isFound;
}

function forEachElement(elements: readonly JMeterElement[], visit: (element: JMeterElement) => void): void {
  for (const element of elements) {
    visit(element);
    forEachElement(contentOf(element), visit);
  }
}

function nameOf(element: JMeterElement): string {
  return Object.keys(element).find((key) => key !== ATTRIBUTES) ?? '';
}

function contentOf(element: JMeterElement): readonly JMeterElement[] {
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
