import type { FargateService } from 'aws-cdk-lib/aws-ecs';
import { Rule } from 'aws-cdk-lib/aws-events';
import { SnsTopic } from 'aws-cdk-lib/aws-events-targets';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';

/**
 * Has the topic told when a deployment has failed. No metric counts them; ECS only says so
 * (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_service_deployment_events.html).
 */
export function tellOfFailedDeployments(scope: Construct, service: FargateService, topic: ITopic): Rule {
  return new Rule(scope, 'DeploymentFailed', {
    description: `${scope.node.path}: a deployment has failed`,
    eventPattern: {
      source: ['aws.ecs'],
      detailType: ['ECS Deployment State Change'],
      resources: [service.serviceArn],
      detail: { eventName: ['SERVICE_DEPLOYMENT_FAILED'] },
    },
    targets: [new SnsTopic(topic)],
  });
}
