import { field, type TemplateValue } from '../../plan/template/template-value';
import { containersOf, servicesOf } from '../template/ecs-service';
import { type Check, problem } from './check';

/** The grace period is about the health checks of a load balancer, of VPC Lattice and of the containers. */
export const gracePeriod: Check = {
  id: 'grace-period',
  severity: 'warning',
  finds: 'a health check grace period of a service without a load balancer, VPC Lattice or a health check of a container',
  consequence: 'it has no effect',
  find: (template) =>
    servicesOf(template).flatMap(({ service, taskDefinition }) => {
      const { HealthCheckGracePeriodSeconds: seconds, LoadBalancers: balancers, VpcLatticeConfigurations: lattice } = service.properties;
      const containers = containersOf(taskDefinition);
      if (seconds === undefined || !isEmpty(balancers) || !isEmpty(lattice) || containers === undefined) return [];
      if (containers.some((container) => field(container, 'HealthCheck') !== undefined)) return [];
      return [
        problem(
          service,
          'HealthCheckGracePeriodSeconds',
          'the service has no load balancer and no VPC Lattice, and no container has a HealthCheck',
          'remove HealthCheckGracePeriodSeconds, or write LoadBalancers or a HealthCheck',
        ),
      ];
    }),
};

function isEmpty(list: TemplateValue | undefined): boolean {
  return list === undefined || (Array.isArray(list) && list.length === 0);
}
