import { Token } from 'aws-cdk-lib';
import { isObject } from '../parse/describe-value';
import { type StructElement, structElementErrors } from '../parse/struct-element';
import type { ValidationError } from '../parse/validation-error';
import type { ScalableStatelessServiceProps } from './scalable-stateless-service-props';

/** A field that is a list or map of structs, or a struct that has such fields. */
interface StructField {
  readonly element?: StructElement;
  readonly fields?: StructFields;
}

type StructFields = { readonly [name: string]: StructField };

const ULIMITS: StructField = { element: { struct: 'Ulimit', required: ['name', 'softLimit', 'hardLimit'] } };

/** Those of any container. */
const CONTAINER_FIELDS: StructFields = {
  portMappings: { element: { struct: 'PortMapping', required: ['containerPort'] } },
  systemControls: { element: { struct: 'SystemControl', required: ['namespace', 'value'] } },
  ulimits: ULIMITS,
};

/** The props that are lists or maps of structs. A test compares them with the assembly. */
const STRUCT_PROPS: StructFields & { readonly [Name in keyof ScalableStatelessServiceProps]?: StructField } = {
  blockDevices: { element: { struct: 'BlockDevice', required: ['deviceName', 'volume'] } },
  logRouter: { fields: CONTAINER_FIELDS },
  schedules: { element: { struct: 'ScheduledCapacity', required: ['name', 'schedule'], anyOf: ['minCapacity', 'maxCapacity'] } },
  serviceConnectConfiguration: { fields: { services: { element: { struct: 'ServiceConnectService', required: ['portMappingName'] } } } },
  sidecars: { element: { struct: 'ContainerDefinitionOptions', required: ['image'] }, fields: CONTAINER_FIELDS },
  tmpfs: { element: { struct: 'Tmpfs', required: ['containerPath', 'size'] } },
  ulimits: ULIMITS,
};

/** Returns an error for each value in a list or map of structs that lacks what every such value has. */
export function structErrors(props: object): ValidationError[] {
  return fieldErrors('', props, STRUCT_PROPS);
}

function fieldErrors(path: string, struct: unknown, fields: StructFields): ValidationError[] {
  if (!isObject(struct)) return [];
  return Object.entries(fields).flatMap(([name, field]) => {
    const value = struct[name];
    if (value === undefined || Token.isUnresolved(value)) return [];
    return collectionErrors(path === '' ? name : `${path}.${name}`, value, field);
  });
}

function collectionErrors(path: string, value: unknown, { element, fields = {} }: StructField): ValidationError[] {
  if (element === undefined) return fieldErrors(path, value, fields);
  const values = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return values.flatMap(([key, each]: [string, unknown]) => {
    const name = Array.isArray(value) ? `${path}[${key}]` : `${path}.${key}`;
    return [...structElementErrors(name, each, element), ...fieldErrors(name, each, fields)];
  });
}
