import { functionName, referencesUnknown } from '../function-names';
import { howToGive } from '../missing-names';
import type { Resource } from '../resource';
import type { Template } from '../template';
import { field, isObject, items, type TemplateValue } from '../template-value';
import { macroText } from '../transforms';
import { GROUP_PROPERTIES } from './group-properties';
import { LOAD_BALANCER_PROPERTIES, TARGET_GROUP_PROPERTIES } from './load-balancing-properties';
import type { Assumption, AttributeTable, PropertyTable } from './property-table';
import { ALARM_PROPERTIES, SCALABLE_TARGET_PROPERTIES, SCALING_POLICY_PROPERTIES } from './scaling-properties';
import { SERVICE_PROPERTIES } from './service-properties';
import { TASK_DEFINITION_PROPERTIES } from './task-definition-properties';

/** The tables of the types of resources that a plan is read from. */
export const PROPERTY_TABLES: Readonly<Record<string, PropertyTable>> = {
  'AWS::ECS::Service': SERVICE_PROPERTIES,
  'AWS::ECS::TaskDefinition': TASK_DEFINITION_PROPERTIES,
  'AWS::ElasticLoadBalancingV2::TargetGroup': TARGET_GROUP_PROPERTIES,
  'AWS::ElasticLoadBalancingV2::LoadBalancer': LOAD_BALANCER_PROPERTIES,
  'AWS::ApplicationAutoScaling::ScalableTarget': SCALABLE_TARGET_PROPERTIES,
  'AWS::ApplicationAutoScaling::ScalingPolicy': SCALING_POLICY_PROPERTIES,
  'AWS::CloudWatch::Alarm': ALARM_PROPERTIES,
  'AWS::AutoScaling::AutoScalingGroup': GROUP_PROPERTIES,
};

/** What becomes of a property or an attribute: a row of its table; undefined for one that no table has. */
export type PropertyRow = 'read' | 'reference' | 'without effect' | Assumption | undefined;

/** What becomes of a property by its path. */
export function propertyRow(table: PropertyTable, path: string): PropertyRow {
  const isBelow = (row: string): boolean => path === row || path.startsWith(`${row}.`);
  if (table.read.some(isBelow) || (table.attributes !== undefined && isBelow(table.attributes.property))) return 'read';
  if (table.references.some(isBelow)) return 'reference';
  if (table.withoutEffect.some(isBelow)) return 'without effect';
  return Object.entries(table.assumed).find(([row]) => isBelow(row))?.[1];
}

/** Each property of a resource that the forecast does not follow, as text, with what is assumed instead. */
export function notFollowed(template: Template, resource: Resource): readonly string[] {
  const table = PROPERTY_TABLES[resource.type];
  if (table === undefined) return [];
  const texts = Object.entries(resource.properties).flatMap(([name, value]) => textsOf({ template, id: resource.id, table }, name, value));
  return [...new Set([...texts, ...attributeTexts(template, resource, table)])];
}

interface Walk {
  readonly template: Template;
  readonly id: string;
  readonly table: PropertyTable;
}

function textsOf(walk: Walk, path: string, value: TemplateValue): string[] {
  if (path.split('.').at(-1) === 'Fn::Transform') return [macroText(walk.id, value)];
  const row = propertyRow(walk.table, path);
  if (row === 'reference' || row === 'without effect' || value === null) return [];
  if (row === 'read') return unknownText(walk, path, value);
  if (row !== undefined) return assumptionText(walk.template, `${walk.id} ${path}`, row, value);
  if (functionName(value) !== undefined) return unknownText(walk, path, value);
  if (Array.isArray(value)) return value.flatMap((item) => textsOf(walk, path, item as TemplateValue));
  if (isObject(value)) return Object.entries(value).flatMap(([name, inner]) => textsOf(walk, `${path}.${name}`, inner));
  return [`${walk.id} ${path}: the forecast does not know this property, and goes on without it`];
}

function assumptionText(template: Template, name: string, { assumed, followed = [] }: Assumption, value: TemplateValue): string[] {
  const text = template.resolvedText(value);
  if (text !== undefined && followed.includes(text)) return [];
  return [`${name}${text === undefined || followed.length === 0 ? '' : ` ${text.slice(0, MAX_VALUE_CHARACTERS)}`}: ${assumed}`];
}

/** A longer value is hard to read. */
const MAX_VALUE_CHARACTERS = 40;

/** A number that only a deployment knows is asked for; of a text or a list that it knows, the default is assumed. */
function unknownText({ template, id }: Walk, path: string, value: TemplateValue): string[] {
  if (!isUnknown(value)) return [];
  const [first] = template.missingNames(value);
  return [`${id} ${path}: only a deployment knows it, the default is assumed${first === undefined ? '' : `: ${howToGive(first)}`}`];
}

/** A list that is known may have items that refer to resources, such as subnets. */
function isUnknown(value: TemplateValue): boolean {
  if (functionName(value) !== undefined) return true;
  return isObject(value) && Object.values(value).some((inner) => functionName(inner) === 'Fn::If' && referencesUnknown(inner));
}

function attributeTexts(template: Template, { id, properties }: Resource, { attributes }: PropertyTable): string[] {
  if (attributes === undefined) return [];
  return items(properties[attributes.property]).flatMap((attribute) => {
    const key = template.resolvedText(field(attribute, 'Key')) ?? '';
    const row = attributeRow(attributes.keys, key);
    if (row === 'read' || row === 'without effect') return [];
    if (row === undefined)
      return [`${id} ${key.slice(0, MAX_VALUE_CHARACTERS)}: the forecast does not know this attribute, and goes on without it`];
    return assumptionText(template, `${id} ${key}`, row, field(attribute, 'Value') ?? '');
  });
}

/** What becomes of an attribute by its key. */
export function attributeRow({ read, withoutEffect, assumed }: AttributeTable, key: string): Exclude<PropertyRow, 'reference'> {
  const isOf = (row: string): boolean => (row.endsWith('*') ? key.startsWith(row.slice(0, -1)) : key === row);
  if (read.some(isOf)) return 'read';
  if (withoutEffect.some(isOf)) return 'without effect';
  return Object.entries(assumed).find(([row]) => isOf(row))?.[1];
}
