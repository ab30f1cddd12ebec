import type { TimelineRow } from '../../scenario/outcome';
import type { Colour } from '../chart/palette';

/** Something that scaling can follow, as a panel shows it. */
export interface Signal {
  readonly title: string;
  readonly unit: string;
  /** The metrics of policies that follow it, in AWS's spelling. */
  readonly metrics: readonly string[];
  readonly colour: Colour;
  readonly leastTop: number;
  /** Whether it is worth a look where no policy follows it. */
  readonly isAlwaysShown: boolean;
  readonly value: (row: TimelineRow) => number | undefined;
}

/** The signals from top to bottom. */
export const SIGNALS: readonly Signal[] = [
  {
    title: 'CPU',
    unit: '% of what the tasks may use, on average',
    metrics: ['ECSServiceAverageCPUUtilization', 'ECSServiceAverageCPUUtilizationHighResolution', 'ASGAverageCPUUtilization'],
    colour: 'blue',
    leastTop: 100,
    isAlwaysShown: true,
    value: (row) => row.cpuUtilizationPercent,
  },
  {
    title: 'Requests',
    unit: 'per healthy task and minute',
    metrics: ['ALBRequestCountPerTarget'],
    colour: 'purple',
    leastTop: 1,
    isAlwaysShown: false,
    value: (row) => row.requestCountPerTarget,
  },
  {
    title: 'Memory',
    unit: '% of what the tasks may use, on average',
    metrics: ['ECSServiceAverageMemoryUtilization', 'ECSServiceAverageMemoryUtilizationHighResolution'],
    colour: 'green',
    leastTop: 100,
    isAlwaysShown: false,
    value: (row) => row.memoryUtilizationPercent,
  },
];
