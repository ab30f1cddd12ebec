import { InputError, throwIfAny } from '../../parse/input-error';
import { printableText } from '../../parse/printable-text';
import { CPU_UNITS_PER_VCPU, FARGATE_CPUS, minMemoryMiB } from '../task-size';
import { asObject, field, isObject, items, type Section, type TemplateValue } from '../template/template-value';
import { known, type ManifestTemplate, manifestResources, taskDefinitionId } from './manifest-template';
import { ManifestValues } from './manifest-values';

/** The settings of a service that have no effect on scaling, or are read. */
const READ_SETTINGS = ['deploy', 'ports', 'expose', 'healthcheck', 'scale', 'stop_grace_period'];

const WITHOUT_EFFECT = [
  ...[
    'image',
    'build',
    'command',
    'entrypoint',
    'environment',
    'env_file',
    'volumes',
    'networks',
    'labels',
    'logging',
    'configs',
    'secrets',
  ],
  ...['container_name', 'hostname', 'user', 'working_dir', 'restart', 'read_only', 'cap_add', 'cap_drop', 'security_opt', 'init', 'tty'],
  ...[
    'stdin_open',
    'platform',
    'pull_policy',
    'profiles',
    'annotations',
    'extends',
    'depends_on',
    'tmpfs',
    'dns',
    'extra_hosts',
    'develop',
  ],
];

/** What is assumed for the settings of a deployment. */
const DEPLOY_ASSUMED: Readonly<Record<string, string>> = {
  update_config: 'a rolling deployment of ECS is simulated',
  rollback_config: 'a rolling deployment of ECS is simulated',
  restart_policy: 'ECS replaces a task that exits',
  placement: 'tasks are spread evenly over the zones',
  endpoint_mode: 'requests come through an application load balancer',
};

/** Whether a document is a file of Docker Compose. */
export function isComposeFile(document: TemplateValue): boolean {
  const services = Object.values(asObject(field(document, 'services')));
  const isService = (service: TemplateValue): boolean =>
    ['image', 'build', 'deploy', 'extends'].some((name) => field(service, name) !== undefined);
  return field(document, 'Resources') === undefined && services.length > 0 && services.every(isObject) && services.some(isService);
}

/**
 * The template of those services of a Compose file that publish a port, each behind a load balancer of its own, with a fixed count.
 *
 * @param deployed the sizes that are given of services without one, as `web.Cpu` and `web.Memory`.
 * @throws InputError if no service publishes a port.
 */
export function composeTemplate(document: TemplateValue, deployed: Readonly<Record<string, string>>): ManifestTemplate {
  const services = Object.entries(asObject(field(document, 'services'))).filter(([, service]) => portOf(service) !== undefined);
  if (services.length === 0)
    throw new InputError(['the Compose file must have a service that publishes a port, got none: a forecast sends requests to it']);
  const read = services.map(([id, service]) => readService(id, service, deployed));
  const merged = <Value>(values: readonly Readonly<Record<string, Value>>[]): Record<string, Value> => Object.assign({}, ...values);
  return {
    template: { Resources: merged(read.map(({ resources }) => resources)) },
    texts: read.flatMap(({ texts }) => texts),
    sizeErrors: merged(read.map(({ sizeErrors }) => sizeErrors)),
    dockerfiles: Object.fromEntries(
      services.flatMap(([id, service]) => {
        const dockerfile = dockerfileOf(field(service, 'build'));
        return dockerfile === undefined ? [] : [[id, dockerfile]];
      }),
    ),
  };
}

/** What ECS allows, where a Compose file may have more. */
const AS_IN_ECS = 'as ECS allows';

interface ComposeService {
  readonly resources: Section;
  readonly texts: readonly string[];
  readonly sizeErrors: Readonly<Record<string, string>>;
}

function readService(id: string, service: TemplateValue, deployed: Readonly<Record<string, string>>): ComposeService {
  const deploy = field(service, 'deploy');
  if (field(deploy, 'mode') === 'global')
    throw new InputError([`${printableText(id)} deploy.mode must be replicated, got global: its count is that of the machines of a swarm`]);
  const size = taskSizeOf(id, field(deploy, 'resources'));
  const taskSize = known({ ...size.taskSize, ...givenSize(id, deployed) });
  const isSized = taskSize['Cpu'] !== undefined && taskSize['Memory'] !== undefined;
  const values = new ManifestValues(id, 'write the value itself; docker compose config prints the file with its variables');
  const countKey = field(deploy, 'replicas') === undefined ? 'scale' : 'deploy.replicas';
  const count = values.wholeNumber(countKey, field(deploy, 'replicas') ?? field(service, 'scale'), { min: 1 }) ?? 1;
  const healthCheck = healthCheckOf(values, field(service, 'healthcheck'));
  const grace = values.seconds('stop_grace_period', field(service, 'stop_grace_period'), { min: 0 });
  values.throwIfAny();
  const image = field(service, 'build') === undefined ? field(service, 'image') : undefined;
  const resources = manifestResources({
    id,
    port: portOf(service)!,
    taskDefinition: {
      ...taskSize,
      ContainerDefinitions: [known({ Name: id, Image: image, StopTimeout: grace, HealthCheck: healthCheck })],
    },
    service: { DesiredCount: count, LaunchType: 'FARGATE' },
    targetGroup: { TargetType: 'ip' },
  });
  return {
    resources,
    texts: [...size.texts, ...textsOf(id, service)],
    sizeErrors: isSized
      ? {}
      : {
          [taskDefinitionId(id)]:
            `${printableText(id)} deploy.resources.limits must have cpus and memory, got none: write them into the file, or give --parameter '${id}.Cpu=256' and --parameter '${id}.Memory=512'`,
        },
  };
}

function givenSize(id: string, deployed: Readonly<Record<string, string>>): Readonly<Record<string, TemplateValue | undefined>> {
  const [Cpu, Memory] = [deployed[`${id}.Cpu`], deployed[`${id}.Memory`]];
  return { ...(Cpu !== undefined && { Cpu }), ...(Memory !== undefined && { Memory }) };
}

/** A context that Docker fetches: a URL, `git@host:path`, or `github.com/path`. */
const REMOTE_CONTEXT = /:\/\/|^[^/]+@[^/]+:|^github\.com\//;

/** The Dockerfile of `build`, which is a folder, or an object with a folder and a name; undefined without it, or if no file on this machine has it. */
function dockerfileOf(build: TemplateValue | undefined): string | undefined {
  const context = String((typeof build === 'string' ? build : field(build, 'context')) ?? '.');
  const isInline = field(build, 'dockerfile_inline') !== undefined;
  if (build === undefined || isInline || REMOTE_CONTEXT.test(context)) return undefined;
  const name = String(field(build, 'dockerfile') ?? 'Dockerfile');
  return name.startsWith('/') ? name : `${context.replace(/\/$/, '')}/${name}`;
}

function textsOf(id: string, service: TemplateValue): readonly string[] {
  const others = Object.keys(asObject(service)).filter(
    (name) => ![...READ_SETTINGS, ...WITHOUT_EFFECT].includes(name) && !name.startsWith('x-'),
  );
  const deployed = Object.keys(asObject(field(service, 'deploy'))).filter((name) => DEPLOY_ASSUMED[name] !== undefined);
  return [
    `${id}: the file has no load balancer, an application load balancer with the defaults of AWS is assumed`,
    ...deployed.map((name) => `${id} deploy.${name}: ${DEPLOY_ASSUMED[name]}`),
    ...others.map((name) => `${id} ${printableText(name)}: the forecast does not know this setting, and goes on without it`),
  ];
}

/** The container port of the first published port: `8080:80/tcp`, `127.0.0.1:8080:80`, `80`, or an object with `target`. */
function portOf(service: TemplateValue): number | undefined {
  const [port] = [...items(field(service, 'ports')), ...items(field(service, 'expose'))];
  const target = isObject(port)
    ? port['target']
    : String(port ?? '')
        .replace(/\/\w+$/, '')
        .split(':')
        .at(-1);
  const number = Number(String(target ?? '').split('-')[0]);
  return Number.isInteger(number) && number > 0 ? number : undefined;
}

interface ComposeSize {
  /** Undefined if the file does not limit the service: the size must be given. */
  readonly taskSize?: Section;
  readonly texts: readonly string[];
}

/** The smallest size of Fargate that has the limits, or else the reservations. */
function taskSizeOf(id: string, resources: TemplateValue | undefined): ComposeSize {
  const limits = { ...asObject(field(resources, 'reservations')), ...asObject(field(resources, 'limits')) };
  const cpu = Number(limits['cpus'] ?? Number.NaN) * CPU_UNITS_PER_VCPU;
  const memoryMiB = mebibytesOf(limits['memory']);
  throwIfAny([
    ...(limits['cpus'] !== undefined && !(cpu > 0) ? [sizeError(id, 'cpus', "a number above 0 such as '0.5'", limits['cpus'])] : []),
    ...(limits['memory'] !== undefined && !(memoryMiB! > 0) ? [sizeError(id, 'memory', "a size such as '512M'", limits['memory'])] : []),
  ]);
  if (!Number.isFinite(cpu) && memoryMiB === undefined) return { texts: [] };
  const fitting = FARGATE_CPUS.filter((units) => units >= (Number.isFinite(cpu) ? cpu : 0));
  const size = fitting.map((units) => ({ units, memory: minMemoryMiB(units, memoryMiB ?? 0) })).find(({ memory }) => memory !== undefined);
  if (size === undefined)
    throw new InputError([`${printableText(id)} deploy.resources must fit a task of Fargate, got more than 16 vCPU or 120 GB`]);
  const isExact = size.units === cpu && size.memory === memoryMiB;
  const text = `${id} deploy.resources: the smallest task of Fargate that has them is assumed, ${size.units / CPU_UNITS_PER_VCPU} vCPU and ${size.memory} MiB`;
  return { taskSize: { Cpu: size.units, Memory: size.memory! }, texts: isExact ? [] : [text] };
}

function sizeError(id: string, field: string, expected: string, got: TemplateValue): string {
  return `${printableText(id)} deploy.resources.limits.${field} must be ${expected}, got '${printableText(String(got))}'`;
}

const BYTES: Readonly<Record<string, number>> = { b: 1, k: 1024, m: 1_048_576, g: 1_073_741_824 };

/** `512M`, `0.5gb` and `536870912` are 512. */
function mebibytesOf(memory: TemplateValue | undefined): number | undefined {
  const [, count, unit = 'b'] = /^([\d.]+)\s*([bkmg])?b?$/i.exec(String(memory ?? '')) ?? [];
  return count === undefined ? undefined : (Number(count) * BYTES[unit.toLowerCase()]!) / BYTES['m']!;
}

function healthCheckOf(values: ManifestValues, check: TemplateValue | undefined): Section | undefined {
  if (check === undefined || field(check, 'disable') === true) return undefined;
  const seconds = (name: string, min: number, max: number): number | undefined =>
    values.seconds(`healthcheck.${name}`, field(check, name), { min, max, why: AS_IN_ECS });
  return known({
    Command: field(check, 'test') ?? ['CMD-SHELL', 'of the image'],
    Interval: seconds('interval', 5, 300),
    Timeout: seconds('timeout', 2, 60),
    Retries: values.wholeNumber('healthcheck.retries', field(check, 'retries'), { min: 1, max: 10, why: AS_IN_ECS }),
    StartPeriod: seconds('start_period', 0, 300),
  });
}
