import { runsOnFargate, servicesOf } from '../template/ecs-service';
import { type Check, problem } from './check';
import { networkModeOf } from './target-type';

/** Tasks on Fargate have addresses of their own, and a service says in which subnets. */
export const networkMode: Check = {
  id: 'network-mode',
  severity: 'error',
  finds: 'a Fargate service without the network mode `awsvpc`, or an `awsvpc` service without a network configuration',
  consequence: 'ECS rejects the service',
  find: (template) =>
    servicesOf(template).flatMap(({ service, taskDefinition }) => {
      const isFargate = runsOnFargate({ service, taskDefinition }) === true;
      const mode = networkModeOf({ service, taskDefinition });
      const isMissing = taskDefinition?.properties['NetworkMode'] === undefined;
      if (isFargate && taskDefinition !== undefined && (isMissing || (mode ?? 'awsvpc') !== 'awsvpc')) {
        const reason = `NetworkMode is ${isMissing ? 'missing' : mode}, and ${service.id} runs on Fargate`;
        return [problem(taskDefinition, 'NetworkMode', reason, "write NetworkMode 'awsvpc'")];
      }
      if ((mode !== 'awsvpc' && !isFargate) || service.properties['NetworkConfiguration'] !== undefined) return [];
      const fix = 'write NetworkConfiguration.AwsvpcConfiguration with Subnets and SecurityGroups';
      return [problem(service, 'NetworkConfiguration', 'the service has no network configuration', fix)];
    }),
};
