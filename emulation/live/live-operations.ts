import type { Operations } from '../front/aws-call';
import { alarmOperations } from './alarm-operations';
import type { LiveAlarms } from './live-alarms';
import type { LiveServices } from './live-services';
import { loadBalancingOperations } from './load-balancing-operations';
import { metricOperations } from './metric-operations';
import { scalingOperations } from './scaling-operations';
import { serviceDeploymentOperations } from './service-deployment-operations';
import { serviceOperations } from './service-operations';
import { taskOperations } from './task-operations';

/** All operations that the live services answer, or that change them. */
export function liveOperations(live: LiveServices, alarms: LiveAlarms): Operations {
  return {
    ...serviceOperations(live),
    ...serviceDeploymentOperations(live),
    ...taskOperations(live),
    ...scalingOperations(live),
    ...loadBalancingOperations(live),
    ...metricOperations(live),
    ...alarmOperations(live, alarms),
  };
}
