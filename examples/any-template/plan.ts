import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Plan } from 'cdk-scalable-stateless-service';

/** The plan of the one ECS service in a CloudFormation template that is written as JSON. */
export const plan = Plan.ofTemplate(JSON.parse(readFileSync(join(__dirname, 'template.json'), 'utf8')));
