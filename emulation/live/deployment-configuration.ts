import { type AwsObject, structure } from '../front/aws-call';

/** The deployment configuration of a service, with what ECS fills in. */
export function deploymentConfigurationOf({ deploymentConfiguration }: AwsObject): AwsObject {
  return { strategy: 'ROLLING', maximumPercent: 200, minimumHealthyPercent: 100, ...structure(deploymentConfiguration) };
}
