import { printableText } from '../../parse/printable-text';
import { field, isObject, type Section, type TemplateValue } from '../template/template-value';
import { known } from './manifest-template';
import type { ManifestValues } from './manifest-values';

/** Copilot's own cooldowns, in seconds, from the templates of its services: https://github.com/aws/copilot-cli/tree/mainline/internal/pkg/template/templates/workloads */
const DEFAULT_COOLDOWNS = { out: 60, in: 120 };

/** What `count` becomes. */
export interface ManifestScaling {
  readonly service: Section;
  readonly scalableTarget?: Section;
  readonly policies: Readonly<Record<string, Section>>;
  readonly texts: readonly string[];
}

type ReadTarget = (values: ManifestValues, key: string, value: TemplateValue | undefined) => number | undefined;

const readPercent: ReadTarget = (values, key, value) => values.wholeNumber(key, value, { min: 1, max: 100 });

/** The metric of each target of a count. */
const TARGETS: Readonly<Record<string, { readonly metric: Section; readonly read: ReadTarget }>> = {
  cpu_percentage: { metric: predefined('ECSServiceAverageCPUUtilization'), read: readPercent },
  memory_percentage: { metric: predefined('ECSServiceAverageMemoryUtilization'), read: readPercent },
  requests: {
    metric: predefined('ALBRequestCountPerTarget'),
    read: (values, key, value) => values.positive(key, value, '1000'),
  },
  response_time: {
    metric: { CustomizedMetricSpecification: { Namespace: 'AWS/ApplicationELB', MetricName: 'TargetResponseTime', Statistic: 'Average' } },
    read: (values, key, value) => values.duration(key, value),
  },
};

function predefined(PredefinedMetricType: string): Section {
  return { PredefinedMetricSpecification: { PredefinedMetricType } };
}

/** The scaling of `count`: a fixed number of tasks, or a range with targets. */
export function copilotScaling(values: ManifestValues, count: TemplateValue | undefined): ManifestScaling {
  const fixed = (key: string, value: TemplateValue | undefined): number => values.wholeNumber(key, value, { min: 1 }) ?? 1;
  if (!isObject(count)) return { service: { DesiredCount: fixed('count', count), LaunchType: 'FARGATE' }, policies: {}, texts: [] };
  const { spot, range, cooldown, ...targets } = count;
  if (range === undefined) {
    const isSpot = spot !== undefined;
    const strategy = [{ CapacityProvider: 'FARGATE_SPOT', Weight: 1 }];
    return {
      service: {
        DesiredCount: fixed('count.spot', spot),
        ...(isSpot ? { CapacityProviderStrategy: strategy } : { LaunchType: 'FARGATE' }),
      },
      policies: {},
      texts: [],
    };
  }
  const [, min, max] = isObject(range) ? ['', range['min'], range['max']] : (/^\s*(\d+)\s*-\s*(\d+)\s*$/.exec(String(range)) ?? []);
  if (min === undefined || max === undefined) values.reject('count.range', "a range such as '2-10', or have min and max", range);
  const minCapacity = values.wholeNumber('count.range min', min, { min: 0 });
  const maxCapacity = values.wholeNumber('count.range max', max, { min: Math.max(1, minCapacity ?? 1), why: 'not below min' });
  const spotFrom = values.wholeNumber('count.range.spot_from', field(range, 'spot_from'), { min: 1 });
  return {
    service:
      spotFrom === undefined
        ? { LaunchType: 'FARGATE' }
        : {
            CapacityProviderStrategy: [
              { CapacityProvider: 'FARGATE', Weight: 0, Base: spotFrom - 1 },
              { CapacityProvider: 'FARGATE_SPOT', Weight: 1 },
            ],
          },
    scalableTarget: known({ MinCapacity: minCapacity, MaxCapacity: maxCapacity }),
    policies: Object.fromEntries(
      Object.entries(targets)
        .filter(([name]) => TARGETS[name] !== undefined)
        .map(([name, value]) => [name, trackingOf(values, name, value, cooldown)]),
    ),
    texts: Object.keys(targets)
      .filter((name) => TARGETS[name] === undefined)
      .map((name) => `count.${printableText(name)}: this target is not simulated`),
  };
}

/** A target is a value, or a value with cooldowns of its own. */
function trackingOf(values: ManifestValues, name: string, target: TemplateValue, common: TemplateValue | undefined): Section {
  const { metric, read } = TARGETS[name]!;
  const key = `count.${name}`;
  const seconds = (direction: string, fallback: number): number =>
    values.seconds(`${key}.cooldown.${direction}`, field(field(target, 'cooldown'), direction), { min: 0 }) ??
    values.seconds(`count.cooldown.${direction}`, field(common, direction), { min: 0 }) ??
    fallback;
  const value = isObject(target) ? read(values, `${key}.value`, target['value']) : read(values, key, target);
  return {
    ...metric,
    TargetValue: value ?? null,
    ScaleOutCooldown: seconds('out', DEFAULT_COOLDOWNS.out),
    ScaleInCooldown: seconds('in', DEFAULT_COOLDOWNS.in),
  };
}
