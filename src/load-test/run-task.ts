import type { LoadGeneratorTask } from './load-generator-task';
import type { LoadTestPlace } from './load-test-place';

/** What ECS records as the starter of a task. */
const STARTED_BY = 'load-test';

/** The parameters of the action RunTask. */
export function runTaskParametersOf(place: LoadTestPlace, { taskDefinition }: LoadGeneratorTask): Record<string, unknown> {
  return {
    cluster: place.cluster.clusterArn,
    taskDefinition: taskDefinition.taskDefinitionArn,
    launchType: 'FARGATE',
    networkConfiguration: {
      awsvpcConfiguration: {
        subnets: subnetIdsOf(place),
        securityGroups: [place.securityGroup.securityGroupId],
        assignPublicIp: publicIpOf(place),
      },
    },
    propagateTags: 'TASK_DEFINITION',
    startedBy: STARTED_BY,
  };
}

/** The command of the AWS CLI with these parameters. */
export function runCommandOf(place: LoadTestPlace, { taskDefinition }: LoadGeneratorTask): string {
  const network = [
    `subnets=[${subnetIdsOf(place).join(',')}]`,
    `securityGroups=[${place.securityGroup.securityGroupId}]`,
    `assignPublicIp=${publicIpOf(place)}`,
  ];
  return [
    'aws ecs run-task',
    `--cluster ${place.cluster.clusterArn}`,
    `--task-definition ${taskDefinition.taskDefinitionArn}`,
    '--launch-type FARGATE',
    `--network-configuration 'awsvpcConfiguration={${network.join(',')}}'`,
    `--propagate-tags TASK_DEFINITION --started-by ${STARTED_BY}`,
  ].join(' ');
}

function subnetIdsOf({ vpc, subnets }: LoadTestPlace): string[] {
  return vpc.selectSubnets(subnets).subnetIds;
}

function publicIpOf({ hasPublicIp }: LoadTestPlace): 'DISABLED' | 'ENABLED' {
  return hasPublicIp ? 'ENABLED' : 'DISABLED';
}
