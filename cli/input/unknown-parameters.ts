import { copilotEnvironments, ENVIRONMENT, isCopilotManifest } from '../../src/plan/manifest/copilot-manifest';
import { asObject, field, type Section, type TemplateValue } from '../../src/plan/template/template-value';
import { fileName } from './input-file';

/** As many names as fit into an error. */
const MAX_LISTED = 5;

/** An error for each parameter of `--parameter` that the template does not have, or does not allow to have that value. */
export function unknownParameterErrors(template: TemplateValue, given: readonly string[] = []): string[] {
  const declared = declaredParameters(template);
  return given.flatMap((text) => {
    const name = text.slice(0, text.indexOf('=')).trim();
    const value = text.slice(text.indexOf('=') + 1);
    // an import, a dynamic reference, an attribute, a parameter of a nested stack or a pseudo parameter.
    if (/[:./]/.test(name)) return [];
    if (!Object.hasOwn(declared, name)) return [`--parameter must be one of ${listOf(Object.keys(declared))}, got '${fileName(name)}'`];
    const allowed = field(declared[name], 'AllowedValues');
    if (!Array.isArray(allowed) || allowed.map(String).includes(value)) return [];
    return [`--parameter ${fileName(name)} must be one of ${listOf(allowed.map(String))}, got '${fileName(value)}'`];
  });
}

/** The parameters of a template; a manifest of AWS Copilot has one, its environment. */
function declaredParameters(template: TemplateValue): Section {
  if (!isCopilotManifest(template)) return asObject(field(template, 'Parameters'));
  return { [ENVIRONMENT]: { AllowedValues: copilotEnvironments(template) } };
}

function listOf(names: readonly string[]): string {
  if (names.length === 0) return 'the names that an error asks for';
  const shown = names.slice(0, MAX_LISTED).map((name) => name.slice(0, 20));
  return shown.join(', ') + (names.length > MAX_LISTED ? ` and ${names.length - MAX_LISTED} more` : '');
}
