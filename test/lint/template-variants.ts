import type { TestTemplate } from './sound-template';

type Json = unknown;

/** Values that are read as they are written: references, keys, and the structure of functions. */
const FIXED = ['Ref', 'Fn::GetAtt', 'Fn::Join', 'Fn::Sub', 'Key'];

/** The broken values as parameters with defaults. */
export function asParameter(sound: TestTemplate, broken: TestTemplate): object {
  const parameters: Record<string, object> = {};
  const resources = replaceChanged(sound.Resources, broken.Resources, (_, value) => {
    const name = `P${Object.keys(parameters).length}`;
    parameters[name] = { Type: typeof value === 'number' ? 'Number' : 'String', Default: value };
    return { Ref: name };
  });
  return { Parameters: parameters, Resources: resources };
}

/** The broken values for `production`, the sound ones for the default `test`. */
export function inBranch(sound: TestTemplate, broken: TestTemplate): object {
  return {
    Parameters: { Stage: { Type: 'String', Default: 'test' } },
    Conditions: { IsProduction: { 'Fn::Equals': [{ Ref: 'Stage' }, 'production'] } },
    Resources: replaceChanged(
      sound.Resources,
      broken.Resources,
      (before, after) => ({ 'Fn::If': ['IsProduction', after ?? { Ref: 'AWS::NoValue' }, before ?? { Ref: 'AWS::NoValue' }] }),
      'also structures',
    ),
  };
}

/** The broken values in a mapping, by a parameter with a default. */
export function inMapping(sound: TestTemplate, broken: TestTemplate): object {
  const values: Record<string, Json> = {};
  const resources = replaceChanged(sound.Resources, broken.Resources, (_, value) => {
    const name = `V${Object.keys(values).length}`;
    values[name] = value;
    return { 'Fn::FindInMap': ['Stages', { Ref: 'Stage' }, name] };
  });
  return { Parameters: { Stage: { Type: 'String', Default: 'test' } }, Mappings: { Stages: { test: values } }, Resources: resources };
}

/** All numbers as text, as CloudFormation accepts them. */
export function asNumberText(template: TestTemplate): object {
  return JSON.parse(JSON.stringify(template, (_, value) => (typeof value === 'number' ? String(value) : value)));
}

type Replace = (before: Json, after: Json) => Json;

/** Replaces each value that differs: single values, or with `also structures` whole lists and functions too. */
function replaceChanged(sound: Json, broken: Json, replace: Replace, also?: 'also structures'): Json {
  const replaceIn = also === undefined ? replaceValues : replaceStructures;
  const entries = Object.entries(broken as Record<string, { Properties: Json }>).map(([id, resource]) => {
    const before = (sound as Record<string, { Properties: Json } | undefined>)[id]?.Properties;
    return [id, { ...resource, Properties: replaceIn(before ?? {}, resource.Properties, replace) }];
  });
  return Object.fromEntries(entries);
}

function replaceValues(before: Json, after: Json, replace: Replace): Json {
  if (JSON.stringify(before) === JSON.stringify(after)) return after;
  if (Array.isArray(after))
    return after.map((item, index) => replaceValues(Array.isArray(before) ? before[index] : undefined, item, replace));
  if (!isObject(after)) return replace(before, after);
  const inner = (name: string): Json => replaceValues(isObject(before) ? before[name] : undefined, after[name], replace);
  return Object.fromEntries(Object.keys(after).map((name) => [name, FIXED.includes(name) ? after[name] : inner(name)]));
}

function replaceStructures(before: Json, after: Json, replace: Replace): Json {
  if (JSON.stringify(before) === JSON.stringify(after)) return after;
  if (!isObject(after) || !isObject(before) || isFunction(after)) return replace(before, after);
  const names = new Set([...Object.keys(after), ...Object.keys(before)]);
  return Object.fromEntries([...names].map((name) => [name, replaceStructures(before[name], after[name], replace)]));
}

function isFunction(value: Record<string, Json>): boolean {
  return Object.keys(value).some((name) => name === 'Ref' || name.startsWith('Fn::'));
}

function isObject(value: Json): value is Record<string, Json> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
