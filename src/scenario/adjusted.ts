import { ARCHITECTURES } from '../plan/infrastructure';
import { ROUTING_ALGORITHMS } from '../plan/routing';
import { AWS_BEHAVIOR_RANGES } from '../scaling/behavior-ranges';
import { type Fields, isFields, valueInWords } from './json-value';
import { LATENCY_MODELS } from './workload';

/** What a field that holds a word may hold, by the field's name. Other words cannot be adjusted. */
const CHOICES: Readonly<Record<string, readonly unknown[]>> = {
  ...AWS_BEHAVIOR_RANGES,
  latencyModel: LATENCY_MODELS,
  algorithm: ROUTING_ALGORITHMS,
  architecture: ARCHITECTURES,
};

/**
 * A model with some of its fields replaced: as deep as is wanted, by values of the same kind, and by no field that it does not have.
 *
 * An item of a list is chosen by its `name`, its `metric`, or its place, counted from 0.
 *
 * @param path what to call the model in a sentence.
 * @param mistakes takes one sentence for each field that cannot be replaced so.
 */
export function adjusted<Model>(model: Model, wanted: unknown, path: string, mistakes: string[]): Model {
  return replaced(model, wanted, path, mistakes) as Model;
}

function replaced(model: unknown, wanted: unknown, path: string, mistakes: string[]): unknown {
  if (Array.isArray(model)) return replacedItems(model, wanted, path, mistakes);
  if (isFields(model)) return replacedFields(model, wanted, path, mistakes);
  if (isSameKind(model, wanted, path)) return wanted;
  mistakes.push(`${path} must be ${kindInWords(model, path)}, got ${valueInWords(wanted)}`);
  return model;
}

function replacedFields(model: Fields, wanted: unknown, path: string, mistakes: string[]): Fields {
  if (!isFields(wanted)) {
    mistakes.push(`${path} must have fields among ${Object.keys(model).join(', ')}, got ${valueInWords(wanted)}`);
    return model;
  }
  const known = Object.entries(wanted).flatMap(([name, value]) => {
    if (Object.hasOwn(model, name)) return [[name, replaced(model[name], value, join(path, name), mistakes)] as const];
    mistakes.push(`${path === '' ? 'a field' : `a field of ${path}`} must be one of ${Object.keys(model).join(', ')}, got '${name}'`);
    return [];
  });
  return { ...model, ...Object.fromEntries(known) };
}

function replacedItems(model: readonly unknown[], wanted: unknown, path: string, mistakes: string[]): unknown[] {
  const result = [...model];
  for (const [name, value] of isFields(wanted) ? Object.entries(wanted) : [['', undefined] as const]) {
    const index = model.findIndex((item, place) => isFields(item) && [item['name'], item['metric'], String(place)].includes(name));
    if (index === -1) mistakes.push(`an item of ${path} must be one of ${namesOf(model)}, got '${name}'`);
    else result[index] = replaced(model[index], value, join(path, name), mistakes);
  }
  return result;
}

function isSameKind(model: unknown, wanted: unknown, path: string): boolean {
  if (typeof model === 'string') return choicesOf(path)?.includes(wanted) === true;
  return typeof model === typeof wanted && (typeof wanted !== 'number' || Number.isFinite(wanted));
}

function kindInWords(model: unknown, path: string): string {
  if (typeof model === 'string') return choicesOf(path)?.join(' or ') ?? `left as it is, '${model}'`;
  return typeof model === 'boolean' ? 'true or false' : 'a number';
}

function choicesOf(path: string): readonly unknown[] | undefined {
  const name = path.slice(path.lastIndexOf('.') + 1);
  return Object.hasOwn(CHOICES, name) ? CHOICES[name] : undefined;
}

function namesOf(items: readonly unknown[]): string {
  const names = items.map((item, index) => (isFields(item) ? String(item['name'] ?? index) : String(index)));
  return names.length === 0 ? 'none' : names.join(', ');
}

function join(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}
