import { ArnFormat, Stack, Token } from 'aws-cdk-lib';
import {
  type ContainerDefinition,
  ContainerImage,
  type FargateTaskDefinition,
  FireLensLogDriver,
  FirelensLogRouterType,
  LogDrivers,
} from 'aws-cdk-lib/aws-ecs';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import type { ContainerProps } from './container-props';
import { ExecutionRole } from './execution-role';
import { pullStatements } from './image-registry';

/** The name of the log router, which the CDK gives to one that it adds by itself. */
export const LOG_ROUTER_NAME = 'log-router';

/** The memory that the CDK reserves for a log router that it adds by itself. */
const ROUTER_MEMORY_MIB = 50;

/** Whether the log of the container goes to a log router. */
export function usesLogRouter({ logDriver }: ContainerProps): boolean {
  return logDriver instanceof FireLensLogDriver;
}

/** Without it, the CDK would add one whose log group is never deleted. */
export function addLogRouter(
  taskDefinition: FargateTaskDefinition,
  { logDriverConfig }: ContainerDefinition,
  logGroup: ILogGroup | undefined,
  { logRouter }: ContainerProps,
): ContainerDefinition {
  if (logRouter === undefined) allowDelivery(taskDefinition, logDriverConfig?.options ?? {});
  return taskDefinition.addFirelensLogRouter(LOG_ROUTER_NAME, {
    firelensConfig: { type: FirelensLogRouterType.FLUENTBIT },
    memoryReservationMiB: ROUTER_MEMORY_MIB,
    logging: LogDrivers.awsLogs({ logGroup, streamPrefix: LOG_ROUTER_NAME }),
    ...(logRouter ?? { image: defaultImage(taskDefinition) }),
  });
}

/** Where AWS names its image of Fluent Bit in each region (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/firelens-using-fluentbit.html). */
const IMAGE_PARAMETER = '/aws/service/aws-for-fluent-bit/latest';

/** Its repository belongs to an account of AWS, which differs by region. */
const IMAGE_REPOSITORY = { account: '*', resourceName: 'aws-for-fluent-bit' };

/** The image that the CDK uses by default. There, ECS may pull any image of ECR; here, this one. */
function defaultImage(taskDefinition: FargateTaskDefinition): ContainerImage {
  const arn = Stack.of(taskDefinition).formatArn({ service: 'ecr', resource: 'repository', ...IMAGE_REPOSITORY });
  const [pull, login] = pullStatements(arn);
  const role = taskDefinition.obtainExecutionRole();
  if (role instanceof ExecutionRole)
    role.addBroadly('LogRouterImage', pull, 'The repository of the log router belongs to AWS, to another account in each region.');
  else role.addToPrincipalPolicy(pull);
  role.addToPrincipalPolicy(login);
  return ContainerImage.fromRegistry(StringParameter.valueForStringParameter(taskDefinition, IMAGE_PARAMETER));
}

/** The options of an output of Fluent Bit (https://docs.fluentbit.io/manual/data-pipeline/outputs). */
type OutputOptions = Readonly<Record<string, string>>;

/** What the outputs of Fluent Bit to AWS write to, and with which actions. Each has two names: of its plugin in Go, and of its successor in C. */
const DELIVERIES: Record<string, (stack: Stack, options: OutputOptions) => PolicyStatement> = {
  cloudwatch: deliveryToLogs,
  cloudwatch_logs: deliveryToLogs,
  firehose: deliveryToFirehose,
  kinesis_firehose: deliveryToFirehose,
  kinesis: deliveryToKinesis,
  kinesis_streams: deliveryToKinesis,
};

/** Allows the router to write to what the log driver names. */
function allowDelivery(taskDefinition: FargateTaskDefinition, options: OutputOptions): void {
  const delivery = DELIVERIES[options['Name'] ?? ''];
  if (delivery !== undefined) taskDefinition.addToTaskRolePolicy(delivery(Stack.of(taskDefinition), options));
}

function deliveryToLogs(stack: Stack, options: OutputOptions): PolicyStatement {
  const actions = ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'];
  if ('log_retention_days' in options) actions.push('logs:PutRetentionPolicy');
  const arn = arnOf(stack, options, options['log_group_name'], {
    service: 'logs',
    resource: 'log-group',
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  return new PolicyStatement({ actions, resources: arn === undefined ? ['*'] : [arn, `${arn}:*`] });
}

function deliveryToFirehose(stack: Stack, options: OutputOptions): PolicyStatement {
  const arn = arnOf(stack, options, options['delivery_stream'], { service: 'firehose', resource: 'deliverystream' });
  return new PolicyStatement({ actions: ['firehose:PutRecordBatch'], resources: [arn ?? '*'] });
}

function deliveryToKinesis(stack: Stack, options: OutputOptions): PolicyStatement {
  const arn = arnOf(stack, options, options['stream'], { service: 'kinesis', resource: 'stream' });
  return new PolicyStatement({ actions: ['kinesis:PutRecords'], resources: [arn ?? '*'] });
}

/** The ARN of what has a name; undefined where each record decides on the name, or where there is none. */
function arnOf(
  stack: Stack,
  { region }: OutputOptions,
  resourceName: string | undefined,
  parts: { service: string; resource: string; arnFormat?: ArnFormat },
): string | undefined {
  const isTemplate = resourceName !== undefined && !Token.isUnresolved(resourceName) && resourceName.includes('$');
  return resourceName === undefined || isTemplate ? undefined : stack.formatArn({ ...parts, region, resourceName });
}
