/** A service that needs no image of ours and no bootstrapped account; environment variables say how one deployment differs from the next. */
import { App, CfnOutput, type CfnResource, LegacyStackSynthesizer, Stack } from 'aws-cdk-lib';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { Network, ScalableStatelessService } from 'cdk-scalable-stateless-service';

const { GREETING = '', DESIRED_COUNT } = process.env;

const stack = new Stack(new App(), 'RedeployedWhileScaledOut', { synthesizer: new LegacyStackSynthesizer() });
const { cluster, service } = new ScalableStatelessService(stack, 'Search', {
  image: ContainerImage.fromRegistry('public.ecr.aws/nginx/nginx:stable'),
  containerPort: 80,
  network: Network.public(),
  environment: { GREETING },
});
if (DESIRED_COUNT) (service.node.findChild('Service') as CfnResource).addPropertyOverride('DesiredCount', Number(DESIRED_COUNT));

new CfnOutput(stack, 'Cluster', { value: cluster.clusterName });
new CfnOutput(stack, 'Service', { value: service.serviceName });
