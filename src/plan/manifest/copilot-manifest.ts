import { InputError } from '../../parse/input-error';
import { printableText } from '../../parse/printable-text';
import { asObject, field, isObject, type Section, type TemplateValue } from '../template/template-value';
import { copilotScaling } from './copilot-scaling';
import { known, type ManifestTemplate, manifestResources } from './manifest-template';
import { ManifestValues } from './manifest-values';

/** The types of Copilot services. */
const TYPES = [
  'Load Balanced Web Service',
  'Backend Service',
  'Request-Driven Web Service',
  'Worker Service',
  'Static Site',
  'Scheduled Job',
];
const BALANCED_TYPES = TYPES.slice(0, 2);

/** The name by which the environment of a manifest is given. */
export const ENVIRONMENT = 'environment';

/** Copilot's own defaults, from the templates of its services: https://github.com/aws/copilot-cli/tree/mainline/internal/pkg/template/templates/workloads */
const COPILOT_DEFAULTS = {
  deregistrationDelaySeconds: 60,
  healthCheckGraceSeconds: 60,
  port: 80,
};

/** The settings that are read, or that have no effect on scaling, response times or cost. */
const READ_SETTINGS = [
  ...['name', 'type', 'image', 'http', 'cpu', 'memory', 'count', 'platform', 'environments', 'storage', 'network', 'deployment'],
  ...['exec', 'variables', 'secrets', 'env_file', 'entrypoint', 'command', 'logging', 'publish', 'tags'],
];

/** What is assumed for other settings. */
const ASSUMED: Readonly<Record<string, string>> = {
  sidecars: 'the CPU and the latency of sidecars are a part of the workload',
  nlb: 'requests through the Network Load Balancer are not simulated',
  taskdef_overrides: 'the task definition without them is read',
  observability: 'the CPU of tracing is a part of the workload',
};

/** Whether a document is the manifest of a service of AWS Copilot. */
export function isCopilotManifest(document: TemplateValue): boolean {
  return TYPES.includes(String(field(document, 'type'))) && typeof field(document, 'name') === 'string';
}

/** The environments of a manifest. */
export function copilotEnvironments(document: TemplateValue): readonly string[] {
  return Object.keys(asObject(field(document, 'environments')));
}

/**
 * The template of a Copilot manifest, with the overrides of an environment.
 *
 * @throws InputError for a type of service without a load balancer of its own.
 */
export function copilotTemplate(document: TemplateValue, environment: string | undefined): ManifestTemplate {
  const type = String(field(document, 'type'));
  if (!BALANCED_TYPES.includes(type))
    throw new InputError([
      `the manifest must be of a ${BALANCED_TYPES.join(' or a ')}, got a ${type}: it has no load balancer that scaling could follow`,
    ]);
  const environments = copilotEnvironments(document);
  const overrides = environment === undefined ? {} : asObject(field(field(document, 'environments'), environment));
  const manifest = asObject(merged(document, overrides));
  const id = String(manifest['name']);
  const texts = [
    ...(environment === undefined && environments.length > 0
      ? [
          `environments ${environments.map(printableText).join(', ')}: none is given, the manifest without them is read: --parameter ${ENVIRONMENT}=${environments[0]!}`,
        ]
      : []),
    ...Object.keys(manifest)
      .filter((name) => !READ_SETTINGS.includes(name))
      .map((name) => `${id} ${printableText(name)}: ${ASSUMED[name] ?? 'the forecast does not know this setting, and goes on without it'}`),
    ...(isObject(field(manifest['http'], 'additional_rules')) || Array.isArray(field(manifest['http'], 'additional_rules'))
      ? [`${id} http.additional_rules: all requests are assumed to come through the first rule`]
      : []),
  ];
  const values = new ManifestValues(id, 'write the value itself');
  const scaling = copilotScaling(values, manifest['count']);
  const port = values.wholeNumber('image.port', field(manifest['image'], 'port'), { min: 1, max: 65_535 }) ?? COPILOT_DEFAULTS.port;
  const resources = manifestResources({
    id,
    port,
    taskDefinition: taskDefinitionOf(values, manifest, port),
    service: serviceOf(values, manifest, scaling.service),
    targetGroup: targetGroupOf(values, manifest['http']),
    ...(scaling.scalableTarget && { scalableTarget: scaling.scalableTarget }),
    policies: scaling.policies,
  });
  values.throwIfAny();
  const dockerfile = dockerfileOf(field(manifest['image'], 'build'));
  return {
    ...(dockerfile !== undefined && { dockerfiles: { [id]: dockerfile } }),
    template: { Resources: resources },
    texts: [...texts, ...scaling.texts.map((text) => `${id} ${text}`)],
  };
}

/** An environment overrides each value that it has; a count that is a number takes the place of one with a range. */
function merged(base: TemplateValue | undefined, overrides: TemplateValue): TemplateValue {
  if (!isObject(base) || !isObject(overrides)) return overrides;
  const entries = Object.entries(overrides).map(([name, value]) => [name, merged(field(base, name), value)] as const);
  return { ...base, ...Object.fromEntries(entries) };
}

/** From the folder of a manifest, which is `copilot/NAME`, to the one from which Copilot reads paths. */
const TO_WORKSPACE = '../..';

/** The Dockerfile of `image.build`, which is its path, or an object with it, or else with the folder that has it. */
function dockerfileOf(build: TemplateValue | undefined): string | undefined {
  if (build === undefined) return undefined;
  const named = typeof build === 'string' ? build : field(build, 'dockerfile');
  return `${TO_WORKSPACE}/${String(named ?? `${String(field(build, 'context') ?? '.')}/Dockerfile`)}`;
}

function taskDefinitionOf(values: ManifestValues, manifest: Section, port: number): Section {
  const platform = manifest['platform'];
  const architecture = typeof platform === 'string' ? platform.split('/')[1] : field(platform, 'architecture');
  const family = typeof platform === 'string' ? platform.split('/')[0] : field(platform, 'osfamily');
  const isArm = /^arm/i.test(String(architecture));
  const storage = field(manifest['storage'], 'ephemeral');
  return known({
    Cpu: values.wholeNumber('cpu', manifest['cpu'], { min: 1 }),
    Memory: values.wholeNumber('memory', manifest['memory'], { min: 1 }),
    RuntimePlatform: known({
      CpuArchitecture: isArm ? 'ARM64' : 'X86_64',
      OperatingSystemFamily: family === undefined ? undefined : String(family).toUpperCase(),
    }),
    EphemeralStorage: storage === undefined ? undefined : { SizeInGiB: storage },
    ContainerDefinitions: [
      known({ Name: manifest['name']!, Image: field(manifest['image'], 'location'), PortMappings: [{ ContainerPort: port }] }),
    ],
  });
}

function serviceOf(values: ManifestValues, manifest: Section, scaled: Section): Section {
  const isRecreated = field(manifest['deployment'], 'rolling') === 'recreate';
  const check = field(manifest['http'], 'healthcheck');
  const isPrivate = field(field(manifest['network'], 'vpc'), 'placement') === 'private';
  return {
    ...scaled,
    DeploymentConfiguration: {
      DeploymentCircuitBreaker: { Enable: true, Rollback: true },
      MinimumHealthyPercent: isRecreated ? 0 : 100,
      MaximumPercent: isRecreated ? 100 : 200,
    },
    HealthCheckGracePeriodSeconds:
      values.seconds('http.healthcheck.grace_period', field(check, 'grace_period'), { min: 0 }) ?? COPILOT_DEFAULTS.healthCheckGraceSeconds,
    // an environment of Copilot has two subnets of each kind.
    NetworkConfiguration: { AwsvpcConfiguration: { Subnets: ['first', 'second'], AssignPublicIp: isPrivate ? 'DISABLED' : 'ENABLED' } },
  };
}

function targetGroupOf(values: ManifestValues, http: TemplateValue | undefined): Section {
  const check = field(http, 'healthcheck');
  const codes = field(check, 'success_codes');
  const seconds = (name: string, min: number, max: number): number | undefined =>
    values.seconds(`http.healthcheck.${name}`, field(check, name), { min, max });
  const threshold = (name: string): number | undefined =>
    values.wholeNumber(`http.healthcheck.${name}`, field(check, name), { min: 2, max: 10 });
  const delay =
    values.seconds('http.deregistration_delay', field(http, 'deregistration_delay'), { min: 0, max: 3600 }) ??
    COPILOT_DEFAULTS.deregistrationDelaySeconds;
  return known({
    HealthCheckPath: typeof check === 'string' ? check : field(check, 'path'),
    HealthCheckIntervalSeconds: seconds('interval', 5, 300),
    HealthCheckTimeoutSeconds: seconds('timeout', 2, 120),
    HealthyThresholdCount: threshold('healthy_threshold'),
    UnhealthyThresholdCount: threshold('unhealthy_threshold'),
    Matcher: codes === undefined ? undefined : { HttpCode: String(codes) },
    TargetType: 'ip',
    TargetGroupAttributes: [
      { Key: 'deregistration_delay.timeout_seconds', Value: String(delay) },
      { Key: 'stickiness.enabled', Value: String(field(http, 'stickiness') === true) },
    ],
  });
}
