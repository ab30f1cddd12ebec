import type { RecordedPeriod } from '../../src/recording/recorded-period';
import { type Outcome, rowStartSeconds } from '../../src/run/outcome';

/** A Monday in 2026, in seconds since 1970. */
export const START_SECONDS = 1_795_996_800;

/** An outcome as CloudWatch would report it, minute by minute. */
export function reportedPeriods({ timeline }: Outcome): RecordedPeriod[] {
  return timeline.map((row, index) => {
    const startSeconds = rowStartSeconds(timeline, index);
    const periodSeconds = row.atSeconds - startSeconds;
    const seconds = (millis: number | undefined): number | undefined => (millis === undefined ? undefined : millis / 1000);
    return {
      startsAtSeconds: START_SECONDS + startSeconds,
      periodSeconds,
      requests: row.sentRequestsPerSecond * periodSeconds,
      meanResponseSeconds: seconds(row.p50Millis),
      p50ResponseSeconds: seconds(row.p50Millis),
      p95ResponseSeconds: seconds(row.p95Millis),
      p99ResponseSeconds: seconds(row.p99Millis),
      cpuPercent: row.cpuUtilizationPercent,
      memoryPercent: row.memoryUtilizationPercent,
      healthyHosts: row.healthyCount,
      runningTasks: row.runningCount,
      desiredTasks: row.desiredCount,
    };
  });
}

/** The activities of an outcome as Application Auto Scaling would describe them, the newest first. */
export function describedActivities({ activities }: Outcome): object[] {
  const dateOf = (seconds: number): string => new Date(1000 * (START_SECONDS + seconds)).toISOString();
  return [...activities].reverse().map(({ startSeconds, endSeconds, toCapacity, cause, statusCode }) => ({
    ActivityId: String(startSeconds),
    Description: `Setting desired count to ${toCapacity}.`,
    Cause: cause,
    StartTime: dateOf(startSeconds),
    ...(endSeconds !== undefined && { EndTime: dateOf(endSeconds) }),
    StatusCode: statusCode,
  }));
}
