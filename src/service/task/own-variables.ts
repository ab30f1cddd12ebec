import { AspectPriority, Aspects, type CfnResource, type IAspect } from 'aws-cdk-lib';
import { ContainerDefinition, type FargateTaskDefinition } from 'aws-cdk-lib/aws-ecs';
import { acknowledge, type RulePackProps, withdraw } from '../accepted-findings';
import { TRACING_VARIABLES } from '../observability/tracing-collector';
import { containersOf } from './existing-task-definition';

/** The rule that looks for secrets in variables. It reports every task definition that has variables. */
const RULE = 'AwsSolutions-ECS2';

/** The variables that are not of the caller. */
const OWN_VARIABLES: readonly string[] = ['PORT', ...TRACING_VARIABLES];

/** Accepts the finding about variables while none is of the caller: at synthesis, containers are looked at that were added later. */
export function acceptOwnVariables(taskDefinition: FargateTaskDefinition, props: RulePackProps): void {
  const names = variablesOf(taskDefinition);
  if (names.length === 0 || !names.every((name) => OWN_VARIABLES.includes(name))) return;
  const reason = `The variables ${names.join(', ')} configure the container. None is a secret.`;
  acknowledge(taskDefinition.node.defaultChild, { rule: RULE, reason }, props);
  const aspect: IAspect = { visit: (node) => void (node === taskDefinition && withdrawUnlessOwn(taskDefinition)) };
  Aspects.of(taskDefinition).add(aspect, { priority: AspectPriority.MUTATING });
}

function withdrawUnlessOwn(taskDefinition: FargateTaskDefinition): void {
  if (variablesOf(taskDefinition).every((name) => OWN_VARIABLES.includes(name))) return;
  withdraw(taskDefinition.node.defaultChild as CfnResource, RULE);
}

function variablesOf(taskDefinition: FargateTaskDefinition): string[] {
  return containersOf(taskDefinition).flatMap((container) => {
    const { environment = [] } = container.renderContainerDefinition() as { environment?: { name: string }[] };
    return environment.map(({ name }) => name);
  });
}

/** The container that serves the requests. A variable that the caller adds to it is found by rules as soon as it is added. */
export class ServingContainer extends ContainerDefinition {
  public override addEnvironment(name: string, value: string): void {
    super.addEnvironment(name, value);
    withdrawUnlessOwn(this.taskDefinition as FargateTaskDefinition);
  }
}
