import { formatError } from '../../parse/validation-error';
import { failureThresholdErrors, THRESHOLD_TYPES } from '../../plan/failure-threshold';
import { field } from '../../plan/template/template-value';
import { servicesOf } from '../template/ecs-service';
import { numberOf, textOf } from '../template/values';
import { type Check, problem } from './check';

/** The failure threshold of the deployment circuit breaker is in the range of its type. */
export const failureThresholdRange: Check = {
  id: 'failure-threshold',
  severity: 'error',
  finds: 'a failure threshold of the deployment circuit breaker of less than 1, or of more than 100 percent',
  consequence: 'ECS rejects the deployment configuration',
  find: (template) =>
    servicesOf(template).flatMap(({ service }) => {
      const circuitBreaker = field(service.properties['DeploymentConfiguration'], 'DeploymentCircuitBreaker');
      const threshold = field(circuitBreaker, 'ThresholdConfiguration');
      const type = THRESHOLD_TYPES.find((name) => name === textOf(field(threshold, 'Type')));
      const value = numberOf(field(threshold, 'Value'));
      if (type === undefined || value === undefined) return [];
      const path = 'DeploymentConfiguration.DeploymentCircuitBreaker.ThresholdConfiguration.Value';
      const fix = type === 'COUNT' ? 'write the number of failed tasks' : 'write a percentage of the desired count from 1 to 100';
      return failureThresholdErrors({ type, value }).map((error) => problem(service, path, formatError(error), fix));
    }),
};
