import { CfnElement, Stack } from 'aws-cdk-lib';

/** The parts of a template that a plan is read from. */
type Sections = Record<string, Record<string, unknown>>;

/**
 * The template of a stack as it stands now, without synthesizing the app.
 *
 * Synthesis runs aspects, stages assets and forbids later changes to the tree: too much for a question.
 */
export function templateTextOf(stack: Stack): string {
  const template: Sections = {};
  for (const element of stack.node.findAll()) {
    if (CfnElement.isCfnElement(element) && Stack.of(element) === stack) add(template, stack.resolve(element._toCloudFormation()));
  }
  return JSON.stringify(template);
}

function add(template: Sections, element: Sections): void {
  for (const [name, entries] of Object.entries(element)) template[name] = { ...template[name], ...entries };
}
