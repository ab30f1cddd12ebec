import { lintUpdate, type UpdateReport } from '../../src/lint/lint-update';
import { templateOf } from '../../src/lint/template/linted-template';
import { asObject, field } from '../../src/plan/template/template-value';
import { isTerraform } from '../../src/plan/terraform/terraform-document';
import type { PlanWithTemplate } from '../input/changed-plans';

/** What the update of a stack does, and what of it is not checked. */
export interface CheckedUpdate {
  readonly update?: UpdateReport;
  readonly unchecked: readonly string[];
}

/** As many nested stacks as fit into a line. */
const MAX_LISTED = 5;

/** Checks the update from the template of a base to that of a change, each with the parameters that are given. */
export function checkUpdate(base: { readonly name: string; readonly source: PlanWithTemplate }, changed: PlanWithTemplate): CheckedUpdate {
  if ([base.source, changed].some(({ document }) => isTerraform(document))) {
    return {
      unchecked: ['the update is not checked: checks of updates are of CloudFormation, and this is a plan or a state of Terraform'],
    };
  }
  const [from, to] = [templateOf(base.source.document, base.name), templateOf(changed.document, 'this change')];
  const nested = [...new Set([base.source, changed].flatMap(nestedStacksOf))];
  const names = nested.slice(0, MAX_LISTED).join(', ') + (nested.length > MAX_LISTED ? ` and ${nested.length - MAX_LISTED} more` : '');
  return {
    update: lintUpdate(from, to, { before: base.source.deployed, after: changed.deployed }),
    unchecked: nested.length === 0 ? [] : [`the updates of nested stacks are not checked: ${names}`],
  };
}

function nestedStacksOf({ document }: PlanWithTemplate): string[] {
  const resources = Object.entries(asObject(field(document, 'Resources')));
  return resources.filter(([, resource]) => field(resource, 'Type') === 'AWS::CloudFormation::Stack').map(([id]) => id);
}
