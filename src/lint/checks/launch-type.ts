import { items } from '../../plan/template/template-value';
import { servicesOf } from '../template/ecs-service';
import { textOf } from '../template/values';
import { type Check, problem } from './check';

/** Capacity providers and a launch type are two ways to say where tasks run. */
export const launchType: Check = {
  id: 'launch-type',
  severity: 'error',
  finds: 'a launch type beside a capacity provider strategy',
  consequence: 'ECS rejects the service',
  find: (template) =>
    servicesOf(template).flatMap(({ service }) => {
      const { LaunchType: type, CapacityProviderStrategy: strategy } = service.properties;
      if (type === undefined || items(strategy).length === 0) return [];
      const reason = `LaunchType ${textOf(type) ?? ''} is beside a CapacityProviderStrategy`;
      return [problem(service, 'LaunchType', reason, 'remove LaunchType, or the strategy')];
    }),
};
