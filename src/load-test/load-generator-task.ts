import { Duration } from 'aws-cdk-lib';
import {
  type ContainerDefinition,
  CpuArchitecture,
  FargateTaskDefinition,
  LinuxParameters,
  LogDrivers,
  OperatingSystemFamily,
} from 'aws-cdk-lib/aws-ecs';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { createLogGroup } from '../service/observability/log-group';
import { ExecutionRole } from '../service/task/execution-role';
import { allowPull, warnOfRegistries } from '../service/task/image-registry';
import { loadGeneratorImageOf } from './load-generator-image';
import { loadGeneratorSizeOf } from './load-generator-size';
import type { LoadTestPlace } from './load-test-place';
import { jsonOf, type LoadTestPlan } from './load-test-plan';
import type { LoadTestProps } from './load-test-props';
import { programFilesOf } from './program-files';
import { startCommandOf } from './start-command';
import { checkCommandSize } from './task-definition-limit';

/** The task of a load test. */
export interface LoadGeneratorTask {
  readonly taskDefinition: FargateTaskDefinition;
  readonly container: ContainerDefinition;
  readonly logGroup: LogGroup;
}

/** The name of the container, and of its log streams. */
export const CONTAINER_NAME = 'load';

/** Creates the task definition of a load test, its roles and its log group. Its task role has no permissions. */
export function createLoadGeneratorTask(
  scope: Construct,
  place: LoadTestPlace,
  plan: LoadTestPlan,
  props: LoadTestProps,
): LoadGeneratorTask {
  const logGroup = createLogGroup(scope, 'LogGroup', props);
  const executionRole = new ExecutionRole(scope, 'ExecutionRole', props, place.endpoints);
  const cpuArchitecture = props.cpuArchitecture ?? CpuArchitecture.X86_64;
  const taskDefinition = new FargateTaskDefinition(scope, 'TaskDefinition', {
    ...loadGeneratorSizeOf(plan, props),
    executionRole,
    taskRole: new Role(scope, 'TaskRole', { assumedBy: new ServicePrincipal('ecs-tasks.amazonaws.com') }),
    runtimePlatform: { cpuArchitecture, operatingSystemFamily: OperatingSystemFamily.LINUX },
  });
  const { image, hasPrograms } = loadGeneratorImageOf(place.isClosed, cpuArchitecture, props);
  const { maxSeconds, workers, phases } = plan;
  const start = startCommandOf({
    ...programFilesOf(hasPrograms, props),
    hasPrograms,
    plan: jsonOf(scope, plan),
    maxSeconds,
    workers,
    hasTraffic: phases !== undefined,
  });
  checkCommandSize(scope.node.path, start);
  const container = taskDefinition.addContainer(CONTAINER_NAME, {
    image,
    ...start,
    logging: LogDrivers.awsLogs({ logGroup, streamPrefix: CONTAINER_NAME }),
    // it forwards the signal of a task that is stopped, after which the results are written.
    linuxParameters: new LinuxParameters(scope, 'LinuxParameters', { initProcessEnabled: true }),
    stopTimeout: Duration.seconds(60),
  });
  allowPull([container], executionRole);
  warnOfRegistries([container], place);
  return { taskDefinition, container, logGroup };
}
