import { formatError } from '../../parse/validation-error';
import { AWS_DEFAULTS } from '../../plan/default-plan';
import { earlySuccessErrors } from '../../plan/early-success';
import { field } from '../../plan/template/template-value';
import { servicesOf } from '../template/ecs-service';
import { isTrue, numberOf } from '../template/values';
import { type Check, problem } from './check';

/** Early success is not before the minimum healthy percent. */
export const earlySuccessRange: Check = {
  id: 'early-success',
  severity: 'error',
  finds: 'early success at a healthy percent below the minimum healthy percent, or above 100',
  consequence: 'ECS rejects the deployment configuration',
  find: (template) =>
    servicesOf(template).flatMap(({ service }) => {
      const configuration = service.properties['DeploymentConfiguration'];
      const criteria = field(configuration, 'EarlySuccessCriteria');
      const healthyPercent = numberOf(field(criteria, 'HealthyPercent'));
      const min = numberOf(field(configuration, 'MinimumHealthyPercent') ?? AWS_DEFAULTS.minHealthyPercent);
      if (!isTrue(field(criteria, 'Enable')) || healthyPercent === undefined || min === undefined) return [];
      const path = 'DeploymentConfiguration.EarlySuccessCriteria.HealthyPercent';
      const fix = 'write a HealthyPercent from the MinimumHealthyPercent to 100';
      return earlySuccessErrors({ healthyPercent, cleanup: 'BLOCKING' }, min).map((error) =>
        problem(service, path, formatError(error), fix),
      );
    }),
};
