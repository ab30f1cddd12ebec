import { runsOnFargate, servicesOf } from '../template/ecs-service';
import { subnetsWithImages } from '../template/task-network';
import { type Check, problem } from './check';

/** A task begins with its image. */
export const unreachableRegistry: Check = {
  id: 'unreachable-registry',
  severity: 'error',
  finds: 'Fargate tasks in subnets of the template from which no route or VPC endpoint leads to the registry of their images',
  consequence: 'no task starts: the image cannot be pulled',
  find: (template) =>
    servicesOf(template).flatMap((each) => {
      if (runsOnFargate(each) !== true) return [];
      const reached = subnetsWithImages(template, each);
      if (reached === undefined || reached === 'all') return [];
      const reason =
        'a subnet of the tasks has no route to a NAT gateway, the tasks have no public address there, and the VPC endpoints do not reach all their images';
      const fix =
        "write AssignPublicIp 'ENABLED' in public subnets, a default route to a NAT gateway, or endpoints for ecr.api, ecr.dkr and s3 with images in Amazon ECR";
      return [problem(each.service, 'NetworkConfiguration', reason, fix)];
    }),
};
