import { InputError } from '../../src/parse/input-error';

/** A call with its argument as text; a word of Scala without parentheses has none of its own. */
export interface Call {
  readonly name: string;
  readonly argument: string;
}

/** A program of Scala, Java or Kotlin without its comments. */
export function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, ' ').replace(/(^|[^:"])\/\/[^\n]*/g, '$1');
}

/** The text between a parenthesis and the one that closes it. */
export function insideParentheses(text: string, open: number): string {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    if (text[at] === '(' || text[at] === '{') depth += 1;
    if (text[at] === ')' || text[at] === '}') depth -= 1;
    if (depth === 0) return text.slice(open + 1, at);
  }
  throw new InputError(['the file is not complete: a parenthesis is not closed']);
}

/** The arguments of a call, at its commas. */
export function splitArguments(text: string): string[] {
  const parts: string[] = [];
  let [depth, start] = [0, 0];
  for (let at = 0; at < text.length; at++) {
    if ('({['.includes(text[at]!)) depth += 1;
    if (')}]'.includes(text[at]!)) depth -= 1;
    if (text[at] !== ',' || depth > 0) continue;
    parts.push(text.slice(start, at));
    start = at + 1;
  }
  return [...parts, text.slice(start)].map((part) => part.trim()).filter((part) => part !== '');
}

/** The calls of a chain such as `rampUsers(10).during(5)`, or `rampUsers(10) during 5.seconds` in Scala. */
export function callsIn(text: string): Call[] {
  const calls: Call[] = [];
  for (let at = 0; at < text.length; ) {
    const match = /^[\s.]*([A-Za-z_]\w*)\s*(\(?)/.exec(text.slice(at));
    if (match === null) break;
    at += match[0].length;
    if (match[2] === '(') {
      const argument = insideParentheses(text, at - 1);
      calls.push({ name: match[1]!, argument });
      at += argument.length + 1;
      continue;
    }
    // a word of Scala: its argument goes up to the next word that is a call of a profile.
    const rest = text.slice(at);
    const next = /\s(during|over|to|times|eachLevelLasting|separatedByRampsLasting|startingFrom|randomized)\b/.exec(rest);
    const argument = rest.slice(0, next?.index ?? rest.length).trim();
    calls.push({ name: match[1]!, argument });
    at += next?.index ?? rest.length;
  }
  return calls;
}

/** The numbers that names of the file stand for: constants, and properties with a default. */
export function constantsIn(text: string): ReadonlyMap<string, number> {
  const constants = new Map<string, number>();
  for (const [, name, value] of text.matchAll(
    /\b(?:val|var|let|const|int|long|double|Integer|Long)\s+(\w+)\s*(?::\s*\w+\s*)?=\s*([^\n;]+)/g,
  )) {
    const number = numberIn(value!);
    if (number !== undefined && !constants.has(name!)) constants.set(name!, number);
    else constants.delete(name!);
  }
  return constants;
}

/** A number, or the default of a property. */
function numberIn(text: string): number | undefined {
  const match =
    /^\s*([\d_]+(?:\.\d+)?)\s*[LlDdFf]?\s*$/.exec(text) ??
    /^\s*(?:Integer\.getInteger|Long\.getLong|java\.lang\.Integer\.getInteger)\s*\(\s*"[\w.-]+"\s*,\s*(\d+)\s*\)\s*(?:\.\w+)?\s*$/.exec(
      text,
    ) ??
    /^\s*(?:Integer\.parseInt\s*\(\s*)?System\.getProperty\s*\(\s*"[\w.-]+"\s*,\s*"(\d+)"\s*\)\s*\)?\s*(?:\.to\w+(?:\(\))?)?\s*$/.exec(
      text,
    ) ??
    // the SDK for JavaScript.
    /^\s*(?:(?:Number|parseInt|parseFloat)\s*\(\s*)?getParameter\s*\(\s*["'][\w.-]+["']\s*,\s*["']([\d.]+)["']\s*\)\s*(?:,\s*10\s*)?\)?\s*$/.exec(
      text,
    );
  return match === null ? undefined : Number(match[1]!.replaceAll('_', ''));
}

const OPERATORS: Readonly<Record<string, (left: number, right: number) => number>> = {
  '*': (left, right) => left * right,
  '/': (left, right) => left / right,
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
};

/** @throws InputError if a text is neither a number nor a constant. */
export function numberOf(text: string, constants: ReadonlyMap<string, number>): number {
  const trimmed = text
    .trim()
    .replace(/^\((.*)\)$/, '$1')
    .replace(/\.(toInt|toDouble|toLong|intValue\(\)|doubleValue\(\))$/, '');
  const value = numberIn(trimmed) ?? constants.get(trimmed);
  if (value !== undefined) return value;
  const operation = /^([\w.]+)\s*([*/+-])\s*([\w.]+)$/.exec(trimmed);
  if (operation !== null) return OPERATORS[operation[2]!]!(numberOf(operation[1]!, constants), numberOf(operation[3]!, constants));
  throw new InputError(['a number of the Gatling profile is computed: write the traffic, as in "rps 100 for 5m"']);
}

const UNITS: readonly (readonly [pattern: RegExp, seconds: number])[] = [
  [/^(milli|ms)/i, 0.001],
  [/^(s|second)/i, 1],
  [/^(m|minute)/i, 60],
  [/^(h|hour)/i, 3600],
  [/^(d|day)/i, 86_400],
];

/** Seconds from `10`, `10.seconds`, `10 minutes`, `Duration.ofMinutes(3)`. */
export function durationOf(text: string, constants: ReadonlyMap<string, number>): number {
  const trimmed = text.trim();
  const java =
    /^(?:\w+\.)*Duration\.of(\w+?)\s*\((.*)\)$/s.exec(trimmed) ??
    /^(?:\w+\.)*Duration\.create\(\s*(?<count>[^,]+),\s*"?(?<unit>\w+)"?\s*\)$/.exec(trimmed);
  if (java !== null) return numberOf(java.groups?.['count'] ?? java[2]!, constants) * unitSeconds(java.groups?.['unit'] ?? java[1]!);
  const javaScript = /^\{\s*amount:\s*(.+?),\s*unit:\s*["'](\w+)["']\s*,?\s*\}$/s.exec(trimmed);
  if (javaScript !== null) return numberOf(javaScript[1]!, constants) * unitSeconds(javaScript[2]!);
  const scala = /^\(?\s*(\w+)\s*\)?\s*[. ]\s*(milliseconds?|millis|seconds?|minutes?|hours?|days?)$/.exec(trimmed);
  if (scala !== null) return numberOf(scala[1]!, constants) * unitSeconds(scala[2]!);
  return numberOf(trimmed, constants);
}

function unitSeconds(name: string): number {
  const unit = UNITS.find(([pattern]) => pattern.test(name));
  if (unit === undefined) throw new InputError(['a duration of the Gatling profile has an unknown unit']);
  return unit[1];
}
