import { printableText } from '../../parse/printable-text';
import { field, type TemplateValue } from './template-value';

/** The transforms of AWS that are followed, or that change nothing that a plan is read from. */
const WITHOUT_EFFECT = /^AWS::(?:LanguageExtensions|SecretsManager-.*|ServiceCatalog)$/;

/** What is assumed where a transform changes how the service is deployed. */
const ASSUMED: Readonly<Record<string, string>> = {
  'AWS::CodeDeployBlueGreen': 'CodeDeploy decides how a deployment goes, a rolling deployment of ECS is simulated',
};

const PROCESSED = 'give what aws cloudformation get-template --template-stage Processed prints';

/** A text for each transform of a template that a deployment runs and that is not followed. */
export function transformTexts(template: TemplateValue): readonly string[] {
  const transform = field(template, 'Transform') ?? [];
  const all = Array.isArray(transform) ? (transform as readonly TemplateValue[]) : [transform];
  const names = all.map((each) => (typeof each === 'string' ? each : String(field(each, 'Name') ?? 'of this template')));
  return names
    .filter((name) => !WITHOUT_EFFECT.test(name))
    .map((name) => `Transform ${printableText(name)}: ${ASSUMED[name] ?? `what it changes at deployment is not known: ${PROCESSED}`}`);
}

/** The text for a macro in a resource. */
export function macroText(id: string, macro: TemplateValue): string {
  const name = field(macro, 'Name');
  return `${id} Fn::Transform ${typeof name === 'string' ? printableText(name) : ''}: what it adds at deployment is not known: ${PROCESSED}`;
}
