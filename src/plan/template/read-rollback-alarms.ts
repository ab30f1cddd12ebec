import type { RollbackAlarms, WatchedAlarm } from '../alarm-rollback';
import { readAlarm, readEvaluationSeconds } from './read-step-scaling';
import type { Resource } from './resource';
import { ScalingReader } from './scaling-reader';
import type { Template } from './template';
import { TemplateNumbers } from './template-attributes';
import { field, items, type TemplateValue } from './template-value';

/** The evaluation time of an alarm that is not in the template: one period of a metric of the CDK. */
const UNKNOWN_EVALUATION_SECONDS = 300;

/** The alarms of a deployment, and a text for each whose evaluation time is assumed. */
export interface ParsedRollbackAlarms {
  readonly rollbackAlarms?: RollbackAlarms;
  readonly ignored: readonly string[];
}

/** Reads the alarms that fail a deployment; none if they are not enabled. */
export function readRollbackAlarms(template: Template, service: Resource): ParsedRollbackAlarms {
  const alarms = field(service.properties.DeploymentConfiguration, 'Alarms');
  const names = items(field(alarms, 'AlarmNames'));
  if (template.resolvedText(field(alarms, 'Enable')) !== 'true' || names.length === 0) return { ignored: [] };
  const read = names.map((name) => readRollbackAlarm(template, service, name));
  return {
    rollbackAlarms: {
      watched: read.flatMap(({ watched }) => watched ?? []),
      notSimulated: read.flatMap(({ name, watched }) => (watched === undefined ? [name] : [])),
      evaluationSeconds: Math.max(...read.map(({ evaluationSeconds }) => evaluationSeconds ?? UNKNOWN_EVALUATION_SECONDS)),
      rollsBack: template.resolvedText(field(alarms, 'Rollback')) !== 'false',
    },
    ignored: read.flatMap(({ name, evaluationSeconds }) =>
      evaluationSeconds === undefined
        ? [`${service.id} Alarms ${name}: its evaluation time is not known, ${UNKNOWN_EVALUATION_SECONDS} s are assumed for the bake time`]
        : [],
    ),
  };
}

interface ParsedRollbackAlarm {
  readonly name: string;
  readonly watched?: WatchedAlarm;
  readonly evaluationSeconds?: number;
}

/** An alarm of the template may have numbers that only the deployment knows: it is not simulated then. */
function readRollbackAlarm(template: Template, service: Resource, name: TemplateValue): ParsedRollbackAlarm {
  const resource = alarmResource(template, name);
  if (resource === undefined) return { name: template.resolvedText(name) ?? JSON.stringify(name) };
  const reader = new ScalingReader(template, new TemplateNumbers(template), service);
  const evaluationSeconds = readEvaluationSeconds(reader, resource);
  const alarm = readAlarm(reader, resource);
  const isKnown = alarm !== undefined && reader.numbers.errors.length === 0;
  const { scale: _, ...watched } = { scale: 1, ...alarm };
  return {
    name: template.resolvedText(resource.properties.AlarmName) ?? resource.id,
    ...(isKnown && { watched: watched as WatchedAlarm }),
    ...(Number.isFinite(evaluationSeconds) && { evaluationSeconds }),
  };
}

/** The alarm that a name refers to, or that has it as its `AlarmName`. */
function alarmResource(template: Template, name: TemplateValue): Resource | undefined {
  const text = template.resolvedText(name);
  const alarms = template.resourcesOfType('AWS::CloudWatch::Alarm');
  return (
    template.referencedResource(name, 'AWS::CloudWatch::Alarm') ??
    alarms.find(({ properties }) => text !== undefined && template.resolvedText(properties.AlarmName) === text)
  );
}
