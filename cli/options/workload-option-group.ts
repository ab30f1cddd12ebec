import type { Command } from 'commander';
import { InputError } from '../../src/parse/input-error';
import { parseSizeBytes } from '../../src/parse/sizes';
import { WORKLOAD_FIELD_NAMES, WORKLOAD_FIELDS, type WorkloadProp } from '../../src/workload/workload-fields';
import { LATENCY_MODELS, MEASURED_SEARCH_WORKLOAD, type Workload } from '../../src/workload/workload-parameters';
import { parseSeconds } from './shared-options';

/** The workload options as commander parses them: one for each prop of `WorkloadOptions`, with its name. */
export type WorkloadOptions = { readonly [Prop in WorkloadProp]?: string };

/** The workload of a command without workload options; its help prints it. */
export const WORKLOAD_HELP = `Without workload options the workload is that of the bundled reference search service (${(MEASURED_SEARCH_WORKLOAD.cpuSecondsPerRequest * 1000).toPrecision(4)} ms of CPU per request).
With --cpu-per-request, each workload option that is left out has its default, which may be zero; the output lists them.`;

type FieldKind = (typeof WORKLOAD_FIELDS)[keyof Workload]['valueKind'];

const PLACEHOLDERS: Readonly<Record<FieldKind, string>> = {
  duration: 'duration',
  vCPU: 'vCPU',
  MiB: 'size',
  bytes: 'size',
  count: 'count',
  model: 'model',
};

/** Adds the options that describe what a request costs a task. */
export function addWorkloadOptions(command: Command): Command {
  for (const name of WORKLOAD_FIELD_NAMES) {
    const { valueKind, description } = WORKLOAD_FIELDS[name];
    command.option(`${workloadOption(name)} <${PLACEHOLDERS[valueKind]}>`, description);
  }
  return command;
}

/** The option of a number of the workload: `--idle-vcpu`. */
export function workloadOption(name: keyof Workload): string {
  return `--${WORKLOAD_FIELDS[name].prop.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** The numbers of a workload that the options give. */
export function workloadFieldsOf(options: WorkloadOptions): Partial<Workload> {
  const given = WORKLOAD_FIELD_NAMES.flatMap((name) => {
    const { prop, valueKind } = WORKLOAD_FIELDS[name];
    const text = options[prop];
    return text === undefined ? [] : [[name, VALUE_PARSERS[valueKind](workloadOption(name), text)] as const];
  });
  return Object.fromEntries(given);
}

const BYTES_PER_MEBIBYTE = 2 ** 20;

const VALUE_PARSERS: Readonly<Record<FieldKind, (option: string, text: string) => number | Workload['latencyModel']>> = {
  duration: (option, text) => parseSeconds(option, text, 0),
  vCPU: parseAmount,
  MiB: (option, text) => parseBytes(option, text) / BYTES_PER_MEBIBYTE,
  bytes: parseBytes,
  count: parseAmount,
  model: (option, text) => {
    const model = LATENCY_MODELS.find((name) => name === text);
    if (model === undefined) throw new InputError([`${option} must be ${LATENCY_MODELS.join(' or ')}, got '${text}'`]);
    return model;
  },
};

function parseAmount(option: string, text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0)) throw new InputError([`${option} must be a number of at least 0, got '${text}'`]);
  return value;
}

function parseBytes(option: string, text: string): number {
  const value = parseSizeBytes(text);
  if (value === undefined) throw new InputError([`${option} must be a size such as 128MiB or 20KiB, got '${text}'`]);
  return value;
}
