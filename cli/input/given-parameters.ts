import { InputError, throwIfAny } from '../../src/parse/input-error';
import { asObject, field, type TemplateValue } from '../../src/plan/template/template-value';
import { fileName } from './input-file';
import { readDocument } from './parsed-document';

/** What only a deployment knows, as the options give it. */
export interface ParameterOptions {
  readonly parameter?: readonly string[];
  readonly parametersFile?: string;
}

/** Reads what only a deployment knows by name: a file first, whose values the single options override. */
export async function readParameters({ parameter = [], parametersFile }: ParameterOptions): Promise<Readonly<Record<string, string>>> {
  const ofFile = parametersFile === undefined ? {} : parametersOf(await readDocument('--parameters-file', parametersFile), parametersFile);
  const wrong = parameter.filter((text) => !/^[^=]+=/.test(text));
  throwIfAny(wrong.map((text) => `--parameter must be NAME=VALUE, such as 'MinCapacity=2', got '${fileName(text)}'`));
  return { ...ofFile, ...Object.fromEntries(parameter.map(pairOf)) };
}

/**
 * The forms of a parameters file: a list of `ParameterKey` and `ParameterValue` as for the AWS CLI, an object with `Parameters` as for
 * CodePipeline, a list of `NAME=VALUE`, or an object with the values by name.
 */
function parametersOf(document: TemplateValue, path: string): Record<string, string> {
  const entries = Array.isArray(document)
    ? document.map((entry) => (typeof entry === 'string' ? pairOf(entry) : [field(entry, 'ParameterKey'), field(entry, 'ParameterValue')]))
    : Object.entries(asObject(field(document, 'Parameters') ?? document));
  const isPair = ([name, value]: readonly unknown[]): boolean => typeof name === 'string' && name !== '' && typeof value !== 'object';
  // `UsePreviousValue` has no value: only the deployed stack knows it.
  const given = entries.filter(([, value]) => value !== undefined);
  if (entries.length > 0 && entries.every(isPair)) return Object.fromEntries(given.map(([name, value]) => [name, String(value)]));
  throw new InputError([
    `--parameters-file must be a list of ParameterKey and ParameterValue, or an object with values by name, got neither in '${fileName(path)}'`,
  ]);
}

function pairOf(text: string): readonly [string, string] {
  const end = text.indexOf('=');
  return end < 0 ? ['', ''] : [text.slice(0, end).trim(), text.slice(end + 1)];
}
