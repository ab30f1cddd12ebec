import { withoutLoops } from './for-each';
import { IntrinsicFunctions } from './intrinsic-functions';
import { howToGive, missingNames } from './missing-names';
import type { Choice } from './parameter-choice';
import type { TemplateValue } from './template-value';

/** A template without loops, for a choice of its parameters. */
export function expandedTemplate(template: TemplateValue, choice: Choice, prefix = ''): TemplateValue {
  const functions = new IntrinsicFunctions(template, choice, { prefix });
  return withoutLoops(template, {
    evaluate: (value) => functions.evaluate(value),
    howToGive: (value) => {
      const [name] = missingNames(value);
      return name === undefined ? '' : howToGive(name);
    },
  });
}
