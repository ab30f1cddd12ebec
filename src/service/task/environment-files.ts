import { ArnFormat, Stack } from 'aws-cdk-lib';
import type { ContainerDefinition } from 'aws-cdk-lib/aws-ecs';
import { type IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';

/**
 * Allows ECS to read the environment files of all containers of a task, which the CDK does not do.
 *
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html#task-execution-environment-files
 */
export function allowEnvironmentFiles(containers: readonly ContainerDefinition[], executionRole: IRole): void {
  for (const container of containers) {
    for (const { s3Location } of container.environmentFiles ?? []) {
      const bucketArn = Stack.of(container).formatArn({
        service: 's3',
        region: '',
        account: '',
        resource: s3Location.bucketName,
        arnFormat: ArnFormat.NO_RESOURCE_NAME,
      });
      const objectArn = `${bucketArn}/${s3Location.objectKey}`;
      executionRole.addToPrincipalPolicy(new PolicyStatement({ actions: ['s3:GetObject'], resources: [objectArn] }));
      executionRole.addToPrincipalPolicy(new PolicyStatement({ actions: ['s3:GetBucketLocation'], resources: [bucketArn] }));
    }
  }
}
