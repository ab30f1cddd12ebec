import { InputError } from '../../parse/input-error';
import type { TaskSize } from '../task-size';
import type { Resource } from './resource';
import type { Template } from './template';
import type { TemplateNumbers } from './template-attributes';
import { field, items, type TemplateValue } from './template-value';
import { cpuUnitsOf, memoryMiBOf } from './written-size';

/** The sizes that a task definition has, as far as they are known. */
export interface TaskSizes {
  readonly taskMemoryMiB: number | undefined;
  readonly containers: readonly { readonly name: string; readonly memoryMiB: number | undefined }[];
}

/** Reads the memory of the task and the limits of its containers. */
export function readTaskSizes(template: Template, { properties }: Resource): TaskSizes {
  const memory = template.resolvedText(properties.Memory);
  return {
    taskMemoryMiB: memory === undefined ? undefined : memoryMiBOf(memory),
    containers: items(properties.ContainerDefinitions).map((container) => ({
      name: template.resolvedText(field(container, 'Name')) ?? 'a container',
      memoryMiB: wholeNumber(template, field(container, 'Memory')),
    })),
  };
}

/** Reads the CPU and memory of a task: on instances it may have only those of its containers. */
export function readTaskSize(template: Template, numbers: TemplateNumbers, taskDefinition: Resource): TaskSize {
  const { id, properties } = taskDefinition;
  const containers = items(properties.ContainerDefinitions);
  const sum = (...names: readonly string[]): number | undefined => {
    const sizes = containers.map((container) => firstNumber(template, container, names));
    const total = sizes.reduce<number>((all, size) => all + (size ?? 0), 0);
    return total > 0 ? total : undefined;
  };
  const cpu = template.given(`${id}.Cpu`) ?? properties.Cpu ?? sum('Cpu');
  const memory = template.given(`${id}.Memory`) ?? properties.Memory ?? sum('Memory', 'MemoryReservation');
  if (template.sizeErrors[id] !== undefined) throw new InputError([template.sizeErrors[id]]);
  return {
    cpu: numbers.written(`${id} Cpu`, cpu ?? unknownSize(id, 'Cpu'), cpuUnitsOf),
    memoryMiB: numbers.written(`${id} Memory`, memory ?? unknownSize(id, 'Memory'), memoryMiBOf),
  };
}

/** A size that no part of the task has is asked for by this name. */
function unknownSize(id: string, name: string): TemplateValue {
  return { 'Fn::GetAtt': [id, name] };
}

function firstNumber(template: Template, container: TemplateValue, names: readonly string[]): number | undefined {
  return names.map((name) => wholeNumber(template, field(container, name))).find((size) => size !== undefined);
}

function wholeNumber(template: Template, value: TemplateValue | undefined): number | undefined {
  const number = Number(template.resolvedText(value) ?? Number.NaN);
  return Number.isFinite(number) ? number : undefined;
}
