import { field } from '../../plan/template/template-value';
import { servicesOf } from '../template/ecs-service';
import { numberOf, textOf } from '../template/values';
import { type Check, problem } from './check';

/** A rolling deployment either stops a task first or starts one first. */
export const deploymentLimits: Check = {
  id: 'deployment-limits',
  severity: 'error',
  finds: 'a minimum healthy percent of 100 with a maximum percent of 100',
  consequence: 'no deployment can stop or start a task, so that it never ends',
  find: (template) =>
    servicesOf(template).flatMap(({ service }) => {
      const configuration = service.properties['DeploymentConfiguration'];
      const isRolling = textOf(field(configuration, 'Strategy') ?? 'ROLLING') === 'ROLLING';
      const min = numberOf(field(configuration, 'MinimumHealthyPercent') ?? 100);
      const max = numberOf(field(configuration, 'MaximumPercent'));
      const isDaemon = textOf(service.properties['SchedulingStrategy']) === 'DAEMON';
      if (isDaemon || !isRolling || max === undefined || max > 100 || min === undefined || min < 100) return [];
      const reason = `MinimumHealthyPercent is ${min}, MaximumPercent ${max}`;
      return [problem(service, 'DeploymentConfiguration', reason, 'write MaximumPercent 200: new tasks then start before old ones stop')];
    }),
};
