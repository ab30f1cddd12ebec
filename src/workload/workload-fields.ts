import { InputError } from '../parse/input-error';
import { MEASURED_SEARCH_WORKLOAD, type Workload } from './workload-parameters';

/** One number of a workload: its names, and how it is described and formatted. */
interface WorkloadField {
  /** The prop of `WorkloadOptions`; in kebab-case, the option of the command. */
  readonly prop: string;
  readonly valueKind: 'duration' | 'vCPU' | 'MiB' | 'bytes' | 'count' | 'model';
  readonly label: string;
  readonly description: string;
  /** Its value if a workload is given without it: zero, or what a small service needs. CPU per request has no default. */
  readonly default?: number | Workload['latencyModel'];
}

/** Every number of a workload once. */
export const WORKLOAD_FIELDS = {
  cpuSecondsPerRequest: {
    prop: 'cpuPerRequest',
    valueKind: 'duration',
    label: 'CPU per request',
    description: 'CPU time of one request on one vCPU, of a busy task',
  },
  cpuSecondsPerWakeUp: {
    prop: 'cpuPerWakeUp',
    valueKind: 'duration',
    label: 'CPU per wake-up',
    description: 'CPU time on top for a request that finds the task waiting: all of it at low rates, none at full load',
    default: 0,
  },
  idleVcpu: {
    prop: 'idleVcpu',
    valueKind: 'vCPU',
    label: 'idle vCPU',
    description: 'vCPU that a task uses without requests',
    default: 0,
  },
  baseLatencySeconds: {
    prop: 'baseLatency',
    valueKind: 'duration',
    label: 'base latency',
    description: 'latency of a request that does not depend on CPU',
    default: 0,
  },
  startUpSeconds: {
    prop: 'startUpTime',
    valueKind: 'duration',
    label: 'start-up time',
    description: 'from the start of a container until it listens',
    default: 1,
  },
  stopSeconds: {
    prop: 'stopTime',
    valueKind: 'duration',
    label: 'stop time',
    description: 'from SIGTERM until a container exits',
    default: 5,
  },
  idleMemoryMiB: {
    prop: 'idleMemory',
    valueKind: 'MiB',
    label: 'idle memory',
    description: 'memory that a task uses without requests',
    default: 46,
  },
  memoryMiBPerConcurrentRequest: {
    prop: 'memoryPerConcurrentRequest',
    valueKind: 'MiB',
    label: 'memory per concurrent request',
    description: 'memory of each request while a task works on it',
    default: 0,
  },
  responseBytes: {
    prop: 'responseSize',
    valueKind: 'bytes',
    label: 'response size',
    description: 'size of a response; the load balancer bills for it',
    default: 1000,
  },
  newConnectionsPerRequest: {
    prop: 'newConnectionsPerRequest',
    valueKind: 'count',
    label: 'new connections per request',
    description: 'connections that clients open for each request; 1 without keep-alive',
    default: 0.01,
  },
  latencyModel: {
    prop: 'latencyModel',
    valueKind: 'model',
    label: 'latency model',
    description:
      'how a CPU quota slows a request: even-share (all requests always run, more slowly) or quota-windows (at full speed until the quota of 100 ms is used up); default: even-share',
    default: 'even-share',
  },
} as const satisfies Readonly<Record<keyof Workload, WorkloadField>>;

/** The fields in the order of the table. */
export const WORKLOAD_FIELD_NAMES = Object.keys(WORKLOAD_FIELDS) as readonly (keyof Workload)[];

/** The props of a workload, by which its options are named too. */
export type WorkloadProp = (typeof WORKLOAD_FIELDS)[keyof Workload]['prop'];

/** The defaults of a workload of which only the CPU per request is given. */
export const DEFAULT_WORKLOAD = Object.fromEntries(
  Object.entries<WorkloadField>(WORKLOAD_FIELDS).flatMap(([name, field]) => (field.default === undefined ? [] : [[name, field.default]])),
) as unknown as Omit<Workload, 'cpuSecondsPerRequest'>;

/** A complete workload, and which of its numbers were not given. */
export interface CompleteWorkload {
  readonly workload: Workload;
  readonly workloadDefaults: readonly (keyof Workload)[];
}

/**
 * The workload of the numbers that were given. Without any, it is that of the bundled reference search service.
 *
 * @throws InputError if other numbers are given without the CPU per request.
 */
export function completeWorkload(givenFields: Partial<Workload> = {}): CompleteWorkload {
  const workloadDefaults = WORKLOAD_FIELD_NAMES.filter((name) => givenFields[name] === undefined);
  if (workloadDefaults.length === WORKLOAD_FIELD_NAMES.length) return { workload: MEASURED_SEARCH_WORKLOAD, workloadDefaults };
  const { cpuSecondsPerRequest } = givenFields;
  if (cpuSecondsPerRequest === undefined) {
    const labels = WORKLOAD_FIELD_NAMES.filter((name) => givenFields[name] !== undefined).map((name) => WORKLOAD_FIELDS[name].label);
    throw new InputError([
      `CPU per request must be given with the rest of a workload, got only ${labels.join(', ')}: add --cpu-per-request, or workload.cpuSecondsPerRequest in the scenario file`,
    ]);
  }
  const definedFields = Object.fromEntries(Object.entries(givenFields).filter(([, value]) => value !== undefined));
  return { workload: { ...DEFAULT_WORKLOAD, cpuSecondsPerRequest, ...definedFields }, workloadDefaults };
}

/** The numbers of a workload that were not given, as lines to print: one line for those that are zero, one for the rest. */
export function workloadDefaultLines(workload: Workload, defaults: readonly (keyof Workload)[] = []): string[] {
  if (defaults.length === WORKLOAD_FIELD_NAMES.length) return ['not given: that of the bundled reference search service'];
  const isZero = (name: keyof Workload): boolean => workload[name] === 0;
  const zero = defaults.filter(isZero).map((name) => WORKLOAD_FIELDS[name].label);
  const rest = defaults.filter((name) => !isZero(name)).map((name) => `${WORKLOAD_FIELDS[name].label} ${formatField(workload, name)}`);
  return [
    ...(zero.length === 0 ? [] : [`not given, taken as zero: ${zero.join(', ')}`]),
    ...(rest.length === 0 ? [] : [`not given, default: ${rest.join(', ')}`]),
  ];
}

function formatField(workload: Workload, name: keyof Workload): string {
  const value = workload[name];
  if (typeof value === 'string') return value;
  const { valueKind } = WORKLOAD_FIELDS[name];
  if (valueKind === 'duration') return value < 1 ? `${Number((1000 * value).toPrecision(4))} ms` : `${Number(value.toPrecision(4))} s`;
  return valueKind === 'MiB' || valueKind === 'bytes' || valueKind === 'vCPU'
    ? `${Number(value.toPrecision(4))} ${valueKind}`
    : String(value);
}
