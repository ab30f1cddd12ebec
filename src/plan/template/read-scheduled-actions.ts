import { parseRecurrence, parseSchedule, parseTimestamp } from '../parse-schedule';
import type { Schedule, ScheduledAction } from '../schedule';
import type { Resource } from './resource';
import type { ScalingReader } from './scaling-reader';
import { field, items, type TemplateValue } from './template-value';

/** Reads the scheduled actions of a scalable target. */
export function readScheduledActions(reader: ScalingReader, target: Resource): ScheduledAction[] {
  return items(target.properties.ScheduledActions).flatMap((action, index) => {
    const name = reader.text(field(action, 'ScheduledActionName')) ?? `${target.id} ScheduledActions[${index}]`;
    const schedule = parseSchedule(reader.text(field(action, 'Schedule')) ?? '');
    const bounds = field(action, 'ScalableTargetAction');
    return readAction(
      reader,
      { name, schedule, scheduleValue: field(action, 'Schedule'), zone: field(action, 'Timezone'), action },
      {
        minCapacity: field(bounds, 'MinCapacity'),
        maxCapacity: field(bounds, 'MaxCapacity'),
      },
    );
  });
}

/** Reads the scheduled actions of an EC2 auto scaling group. */
export function readGroupSchedules(reader: ScalingReader, group: Resource): ScheduledAction[] {
  const { template } = reader;
  const actions = template
    .resourcesOfType('AWS::AutoScaling::ScheduledAction')
    .filter(({ properties }) => template.referencedResource(properties.AutoScalingGroupName, group.type)?.id === group.id);
  return actions.flatMap(({ id, properties }) => {
    const recurrence = reader.text(properties.Recurrence);
    const start = parseTimestamp(reader.text(properties.StartTime) ?? '');
    const oneTimeSchedule: Schedule | undefined = start === undefined ? undefined : { kind: 'at', minute: start };
    const schedule = recurrence === undefined ? oneTimeSchedule : parseRecurrence(recurrence);
    const action = properties as TemplateValue;
    return readAction(
      reader,
      // a start time is in UTC.
      {
        name: id,
        schedule,
        scheduleValue: properties.Recurrence,
        zone: recurrence === undefined ? undefined : properties.TimeZone,
        action,
      },
      {
        minCapacity: properties.MinSize,
        maxCapacity: properties.MaxSize,
        desiredCapacity: properties.DesiredCapacity,
      },
    );
  });
}

interface TemplateAction {
  readonly name: string;
  readonly schedule: Schedule | undefined;
  /** The schedule in the template, for the text that it is ignored. */
  readonly scheduleValue: TemplateValue | undefined;
  readonly zone: TemplateValue | undefined;
  readonly action: TemplateValue;
}

function readAction(
  reader: ScalingReader,
  { name, schedule, scheduleValue, zone, action }: TemplateAction,
  bounds: Readonly<Record<string, TemplateValue | undefined>>,
): ScheduledAction[] {
  if (schedule === undefined) {
    reader.ignore(`${name} schedule ${JSON.stringify(scheduleValue) ?? 'of none'}: this kind of schedule is not simulated`);
    return [];
  }
  const timeZone = reader.text(zone);
  if (zone !== undefined && timeZone === undefined) reader.ignore(`${name} time zone: it is known at deployment only, UTC is assumed`);
  const counts = Object.entries(bounds).flatMap(([bound, value]) => {
    const count = reader.optionalNumber(`${name} ${bound}`, value);
    return count === undefined ? [] : [[bound, count] as const];
  });
  const startMinute = parseTimestamp(reader.text(field(action, 'StartTime')) ?? '');
  const endMinute = parseTimestamp(reader.text(field(action, 'EndTime')) ?? '');
  return [
    {
      name,
      schedule,
      ...(timeZone !== undefined && { timeZone }),
      ...(startMinute === undefined || schedule.kind === 'at' ? {} : { startMinute }),
      ...(endMinute === undefined ? {} : { endMinute }),
      ...Object.fromEntries(counts),
    },
  ];
}
