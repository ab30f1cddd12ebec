import type { Plan } from './service-plan';

/** A setting that two plans have with different values. */
export interface PlanDifference {
  /** Its path in the plan, such as `policy.minCapacity`. */
  readonly setting: string;
  /** Its values as text; undefined in a plan that does not have the setting. */
  readonly before?: string;
  readonly after?: string;
}

/** What no forecast depends on: the name of a service, and how a rehearsal starts its container. */
const NOT_COMPARED: readonly (keyof Plan)[] = ['service', 'container'];

/** The settings in which two plans differ, in the order of the plan. */
export function planDifferences(before: Plan, after: Plan): PlanDifference[] {
  const [first, second] = [settingsOf(before), settingsOf(after)];
  const settings = new Set([...first.keys(), ...second.keys()]);
  return [...settings]
    .map((setting) => ({ setting, before: first.get(setting), after: second.get(setting) }))
    .filter((difference) => difference.before !== difference.after);
}

function settingsOf(plan: Plan): Map<string, string> {
  const compared = Object.fromEntries(Object.entries(plan).filter(([field]) => !NOT_COMPARED.includes(field as keyof Plan)));
  return new Map(leaves(compared, ''));
}

/** The plain values of an object, by their paths. An item of a list is found by its name, where it has one, so that its place does not matter. */
function leaves(value: unknown, path: string): [string, string][] {
  if (value === undefined) return [];
  if (typeof value !== 'object' || value === null) return [[path, String(value)]];
  return Object.entries(value).flatMap(([key, inner]) => {
    const name = Array.isArray(value) ? (nameOf(inner) ?? key) : key;
    return leaves(inner, path === '' ? name : `${path}.${name}`);
  });
}

function nameOf(item: unknown): string | undefined {
  return typeof item === 'object' && item !== null && 'name' in item && typeof item.name === 'string' ? item.name : undefined;
}
