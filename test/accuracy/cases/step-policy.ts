import type { Step, StepScaling } from '../../../src/plan/step-scaling';
import type { StepBounds, UnitTest } from './scaling-case';

/** The policy of a test of steps: outwards where its metric is over the threshold, else inwards. */
export function stepPolicy({ metric, threshold, type, out_steps, in_steps }: UnitTest): StepScaling {
  const isOut = metric! >= threshold!;
  return {
    name: 'Steps',
    alarmName: 'StepsAlarm',
    metric: 'ECSServiceAverageCPUUtilization',
    statistic: 'Average',
    alarm: {
      comparisonOperator: isOut ? 'GreaterThanOrEqualToThreshold' : 'LessThanOrEqualToThreshold',
      threshold: threshold!,
      periodSeconds: 60,
      evaluationPeriods: 1,
      datapointsToAlarm: 1,
      treatMissingData: 'missing',
    },
    adjustmentType: type!,
    steps: (isOut ? out_steps : in_steps)!.map(stepOf),
    cooldownSeconds: 300,
  };
}

function stepOf([lowerBound, upperBound, adjustment]: StepBounds): Step {
  return { lowerBound: lowerBound ?? undefined, upperBound: upperBound ?? undefined, adjustment };
}
