import { parseRecurrence, parseSchedule, parseTimestamp } from '../parse-schedule';
import type { Schedule } from '../schedule';
import type { ScheduledAction } from '../scheduled-action';
import { field, items, type Resource, type TemplateValue } from '../template';
import type { ScalingReading } from './scaling-reading';

/** Reads the scheduled actions of a scalable target. */
export function readScheduledActions(reading: ScalingReading, target: Resource): ScheduledAction[] {
  return items(target.properties.ScheduledActions).flatMap((action, index) => {
    const name = reading.text(field(action, 'ScheduledActionName')) ?? `${target.id} ScheduledActions[${index}]`;
    const schedule = parseSchedule(reading.text(field(action, 'Schedule')) ?? '');
    const bounds = field(action, 'ScalableTargetAction');
    return readAction(
      reading,
      { name, schedule, written: field(action, 'Schedule'), zone: field(action, 'Timezone'), action },
      {
        minCapacity: field(bounds, 'MinCapacity'),
        maxCapacity: field(bounds, 'MaxCapacity'),
      },
    );
  });
}

/** Reads the scheduled actions of an EC2 auto scaling group. */
export function readGroupSchedules(reading: ScalingReading, group: Resource): ScheduledAction[] {
  const { template } = reading;
  const actions = template
    .ofType('AWS::AutoScaling::ScheduledAction')
    .filter(({ properties }) => template.referredTo(properties.AutoScalingGroupName, group.type)?.id === group.id);
  return actions.flatMap(({ id, properties }) => {
    const recurrence = reading.text(properties.Recurrence);
    const start = parseTimestamp(reading.text(properties.StartTime) ?? '');
    const once: Schedule | undefined = start === undefined ? undefined : { kind: 'at', minute: start };
    const schedule = recurrence === undefined ? once : parseRecurrence(recurrence);
    const action = properties as TemplateValue;
    return readAction(
      reading,
      { name: id, schedule, written: properties.Recurrence, zone: properties.TimeZone, action },
      {
        minCapacity: properties.MinSize,
        maxCapacity: properties.MaxSize,
        desiredCapacity: properties.DesiredCapacity,
      },
    );
  });
}

interface WrittenAction {
  readonly name: string;
  readonly schedule: Schedule | undefined;
  /** The schedule as the template has it. */
  readonly written: TemplateValue | undefined;
  readonly zone: TemplateValue | undefined;
  readonly action: TemplateValue;
}

function readAction(
  reading: ScalingReading,
  { name, schedule, written, zone, action }: WrittenAction,
  bounds: Readonly<Record<string, TemplateValue | undefined>>,
): ScheduledAction[] {
  if (schedule === undefined) {
    reading.ignore(`${name} schedule ${JSON.stringify(written) ?? 'of none'}: this kind of schedule is not followed`);
    return [];
  }
  const timeZone = reading.text(zone);
  if (timeZone !== undefined) reading.ignore(`${name} time zone ${timeZone}: a scenario begins at its time of day in that zone`);
  const counts = Object.entries(bounds).flatMap(([bound, value]) => {
    const count = reading.maybe(`${name} ${bound}`, value);
    return count === undefined ? [] : [[bound, count] as const];
  });
  const startMinute = parseTimestamp(reading.text(field(action, 'StartTime')) ?? '');
  const endMinute = parseTimestamp(reading.text(field(action, 'EndTime')) ?? '');
  return [
    {
      name,
      schedule,
      ...(startMinute === undefined || schedule.kind === 'at' ? {} : { startMinute }),
      ...(endMinute === undefined ? {} : { endMinute }),
      ...Object.fromEntries(counts),
    },
  ];
}
