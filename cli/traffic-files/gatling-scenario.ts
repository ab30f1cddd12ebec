import { InputError } from '../../src/parse/input-error';
import type { KnownIteration } from '../../src/traffic/iteration';
import { durationOf, insideParentheses, splitArguments } from './gatling-calls';

const REQUEST = /\bhttp\s*\(/g;
const REPEATING =
  /\.(repeat|foreach|forever|asLongAs|doWhile|during|doIf\w*|randomSwitch|roundRobinSwitch|doSwitch|tryMax|uniformRandomSwitch)\s*[({]|\b(repeat|foreach|forever|asLongAs|doIf\w*|randomSwitch)\s*\(/;

/** What a user of the scenarios of a simulation does: its requests and its pauses; not known where they are repeated or conditional. */
export function iterationOfScenario(text: string, constants: ReadonlyMap<string, number>): KnownIteration {
  // what sets up the protocol and the load is no request.
  const chains = text.replace(/\bhttp\s*\.\s*baseUrl/g, '').replace(/\bimport\b[^\n]*/g, '');
  const scenarios = [...chains.matchAll(/\bscenario\s*\(/g)].length;
  const beforeSetUp = chains.replace(/\bsetUp\s*\([\s\S]*$/, '');
  if (scenarios !== 1 || REPEATING.test(beforeSetUp)) return {};
  const requests = [...beforeSetUp.matchAll(REQUEST)].length;
  const pauses = [...beforeSetUp.matchAll(/\bpause\s*\(/g)].map((match) =>
    pauseOf(insideParentheses(beforeSetUp, match.index + match[0].length - 1), constants),
  );
  const isKnown = pauses.every((seconds) => seconds !== undefined);
  return {
    ...(isKnown ? { thinkSeconds: pauses.reduce<number>((sum, seconds) => sum + seconds!, 0) } : {}),
    ...(requests > 0 ? { requestsPerIteration: requests } : {}),
  };
}

/** The mean of a pause with one or two durations. */
function pauseOf(text: string, constants: ReadonlyMap<string, number>): number | undefined {
  try {
    const durations = splitArguments(text).map((argument) => durationOf(argument, constants));
    return durations.reduce((sum, seconds) => sum + seconds, 0) / durations.length;
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}
