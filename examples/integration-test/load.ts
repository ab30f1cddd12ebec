import { Duration } from 'aws-cdk-lib';
import { Traffic } from 'cdk-scalable-stateless-service';
import { MAX_TASKS, REQUESTS_PER_SECOND_PER_TASK } from './shop';

/** More than the maximum of tasks is to get: they are needed whatever the timing of the alarms is. */
const REQUESTS_PER_SECOND = 1.25 * MAX_TASKS * REQUESTS_PER_SECOND_PER_TASK;

/** What the forecast and the integration test send: a load that needs all tasks, then a tenth of it until they are removed. */
export const LOAD = Traffic.requestsPerSecond(REQUESTS_PER_SECOND, Duration.minutes(15)).followedBy(
  Traffic.requestsPerSecond(REQUESTS_PER_SECOND / 10, Duration.minutes(30)),
);
