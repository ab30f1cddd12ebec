import { Token } from 'aws-cdk-lib';
import { DEFAULTS } from '../../plan/default-plan';
import { secondsOf } from '../seconds';
import { wholeNumberMistakes } from '../whole-number';
import { HighResolutionMetrics } from './high-resolution-metrics';
import { PredictiveScaling } from './predictive-scaling';
import type { ScalingProps } from './scaling-props';
import type { ScheduledBounds } from './scheduled-bounds';

const SCHEDULE_NAME = /^[A-Za-z0-9-]{1,50}$/;
const MOST_TASKS = 100_000;

/** Returns one sentence for each rule of scaling that the props break, besides those of a plan. */
export function scalingMistakes(props: ScalingProps): string[] {
  const seconds = secondsOf(props.maxResponseTime) ?? 1;
  const least = props.responseTimeLeastRequestsPerSecond ?? 0;
  return [
    ...signalMistakes(props),
    ...(Token.isUnresolved(seconds) || seconds > 0 ? [] : [`maxResponseTime must be above 0 seconds, got ${seconds}`]),
    ...(least >= 0 && Number.isFinite(least) ? [] : [`responseTimeLeastRequestsPerSecond must be at least 0, got ${least}`]),
    ...scheduleMistakes(props.schedules ?? []),
  ];
}

function signalMistakes(props: ScalingProps): string[] {
  const followsCpu = props.scaleOnCpu ?? DEFAULTS.scaleOnCpu;
  const followsMemory = props.targetMemoryUtilizationPercent !== undefined;
  const isPredictive = (props.predictiveScaling ?? PredictiveScaling.OFF) !== PredictiveScaling.OFF;
  const isFast = props.highResolutionMetrics === HighResolutionMetrics.FOLLOWED;
  const follows = followsCpu || followsMemory || (props.scaleOnRequests ?? DEFAULTS.scaleOnRequests);
  return [
    ...(follows
      ? []
      : [
          'scaleOnCpu or scaleOnRequests must be true, or a targetMemoryUtilizationPercent be given: nothing else takes tasks away, got false',
        ]),
    ...(isPredictive && !followsCpu ? ['scaleOnCpu must be true beside predictiveScaling, which forecasts CPU, got false'] : []),
    ...(isFast && !followsCpu && !followsMemory
      ? ['scaleOnCpu must be true beside highResolutionMetrics, which are CPU and memory, got false']
      : []),
  ];
}

function scheduleMistakes(schedules: readonly ScheduledBounds[]): string[] {
  const names = schedules.map(({ name }) => name);
  const doubles = names.filter((name, index) => names.indexOf(name) !== index);
  return [...doubles.map((name) => `schedules must have names of their own, got ${name} twice`), ...schedules.flatMap(boundsMistakes)];
}

function boundsMistakes({ name, minCapacity, maxCapacity }: ScheduledBounds): string[] {
  const least = minCapacity ?? 0;
  const most = maxCapacity ?? MOST_TASKS;
  return [
    ...(SCHEDULE_NAME.test(name) ? [] : [`schedules must have names of 1 to 50 letters, digits and hyphens, got '${name}'`]),
    ...(minCapacity === undefined && maxCapacity === undefined
      ? [`schedules must change minCapacity or maxCapacity, got neither in ${name}`]
      : []),
    ...wholeNumberMistakes(`minCapacity of schedule ${name}`, minCapacity, 0, MOST_TASKS),
    ...wholeNumberMistakes(`maxCapacity of schedule ${name}`, maxCapacity, 0, MOST_TASKS),
    ...(Token.isUnresolved(least) || Token.isUnresolved(most) || least <= most
      ? []
      : [`minCapacity of schedule ${name} must be at most ${most}, its maxCapacity, got ${least}`]),
  ];
}
