import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Plan } from 'cdk-scalable-stateless-service';

/** What only the deployment knows: the number of subnets is the number of zones that tasks and load balancer nodes are in. */
const parameters = { PublicSubnetIds: 'subnet-1,subnet-2', PrivateSubnetIds: 'subnet-3,subnet-4' };

/** The plan of the one ECS service in a CloudFormation template that is written as JSON. */
export const plan = Plan.ofTemplate(JSON.parse(readFileSync(join(__dirname, 'template.json'), 'utf8')), undefined, parameters);
