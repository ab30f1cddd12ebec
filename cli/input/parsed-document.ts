import { InputError } from '../../src/parse/input-error';
import { jsonErrorLine } from '../../src/parse/json-error';
import type { TemplateValue } from '../../src/plan/template/template-value';
import { fileName, readInputFile } from './input-file';
import { throwIfDeep } from './text-depth';

/** A Terraform plan of a large system has some megabytes. */
const MAX_JSON_MEBIBYTES = 8;

/** CloudFormation allows 1 MB. */
const MAX_YAML_CHARACTERS = 1_000_000;

/** Reads a file in JSON or YAML that an option names. No error has a part of its content. */
export async function readDocument(option: string, path: string): Promise<TemplateValue> {
  const text = readInputFile(option, path, MAX_JSON_MEBIBYTES);
  return parseDocument(text, `'${fileName(path)}'`, option);
}

/** Parses JSON or YAML. `name` is its name in errors. */
export async function parseDocument(text: string, name: string, option: string): Promise<TemplateValue> {
  if (text.trim() === '') throw new InputError([`${option} must not be empty, got ${name}`]);
  throwIfDeep(text, option, name);
  if (/^\s*[[{]/.test(text)) {
    const json = parseJson(text);
    if (json !== undefined) return json.value;
    // a flow mapping of YAML looks the same, but no template is written so.
    if (/^\s*[[{]\s*["}\]]/.test(text)) {
      const { line, endsTooEarly } = jsonErrorLine(text);
      throw new InputError([
        `${option} must be complete JSON, got an error in ${name}: ${endsTooEarly ? `it ends too early, in line ${line}` : `line ${line}`}`,
      ]);
    }
  }
  if (text.length > MAX_YAML_CHARACTERS) {
    throw new InputError([`${option} must be JSON, or YAML of at most ${MAX_YAML_CHARACTERS} characters, got more in ${name}`]);
  }
  const { parseYaml } = await import('./yaml-document');
  return parseYaml(text, name, option);
}

function parseJson(text: string): { readonly value: TemplateValue } | undefined {
  try {
    return { value: JSON.parse(text) as TemplateValue };
  } catch {
    return undefined;
  }
}
