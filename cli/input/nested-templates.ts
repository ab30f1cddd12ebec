import { statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { InputError } from '../../src/parse/input-error';
import type { StackOptions } from '../../src/plan/template/evaluated-stack';
import { asObject, field, type TemplateValue } from '../../src/plan/template/template-value';
import { readTemplateDocument } from './template-file';

/** More templates than this are a stack that contains itself. */
const MAX_TEMPLATES = 100;

/** Reads the templates of the stacks that are nested in a template, at any depth, where their files are beside it. */
export async function readNestedTemplates(
  option: string,
  path: string,
  template: TemplateValue,
): Promise<NonNullable<StackOptions['nestedTemplate']>> {
  const byStack = new Map<TemplateValue, TemplateValue>();
  const byFile = new Map<string, TemplateValue>();
  const pending = nestedStacksOf(path, template);
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { file, stack } = next;
    if (!byFile.has(file)) {
      if (byFile.size === MAX_TEMPLATES) throw new InputError([`${option} must have at most ${MAX_TEMPLATES} nested templates, got more`]);
      const source = await readTemplateDocument(option, file);
      byFile.set(file, source);
      pending.push(...nestedStacksOf(file, source));
    }
    byStack.set(stack, byFile.get(file)!);
  }
  return (stack) => byStack.get(stack);
}

interface NestedStack {
  readonly stack: TemplateValue;
  readonly file: string;
}

function nestedStacksOf(parent: string, template: TemplateValue): NestedStack[] {
  return Object.values(asObject(field(template, 'Resources')))
    .filter((resource) => field(resource, 'Type') === 'AWS::CloudFormation::Stack')
    .flatMap((stack) => {
      const file = fileOf(parent, stack);
      return file === undefined ? [] : [{ stack, file }];
    });
}

/** The file of a nested stack: the asset of the CDK, a path, or the file of the same name as in S3; undefined if it is not there. */
function fileOf(parent: string, stack: TemplateValue): string | undefined {
  const asset = field(field(stack, 'Metadata'), 'aws:asset:path');
  const name = typeof asset === 'string' ? asset : knownText(field(field(stack, 'Properties'), 'TemplateURL'));
  const last = /([^/]+?)(?:\?.*)?$/.exec(name)?.[1] ?? '';
  return [name, last].map((candidate) => resolve(dirname(parent), candidate)).find(isFile);
}

/** A text without the parts that only a deployment knows: the name of the file is at its end. */
function knownText(value: TemplateValue | undefined): string {
  if (typeof value === 'string') return value.replace(/\$\{[^}]*\}/g, '');
  const [, parts] = (field(value, 'Fn::Join') ?? []) as readonly TemplateValue[];
  if (Array.isArray(parts)) return parts.map(knownText).join('');
  const text = field(value, 'Fn::Sub');
  return Array.isArray(text) ? knownText(text[0] as TemplateValue) : knownText(typeof text === 'string' ? text : '');
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}
