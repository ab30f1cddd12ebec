import { InputError } from '../../parse/input-error';
import { field, items, type TemplateValue } from './template-value';

/** More than any property of CloudFormation may have. */
const MAX_CHARACTERS = 100_000;

/** A text of parts: plain where all of them are, else a join of as few parts as possible. */
export function joinedText(parts: readonly TemplateValue[]): TemplateValue {
  const merged: TemplateValue[] = [];
  const characters = parts.reduce<number>((sum, part) => sum + (typeof part === 'string' ? part.length : 0), 0);
  if (characters > MAX_CHARACTERS)
    throw new InputError([`a text of the template must have at most ${MAX_CHARACTERS} characters, got more`]);
  for (const part of parts.flatMap(joinedParts)) {
    const last = merged.at(-1);
    if (typeof part !== 'object' && typeof last === 'string') merged[merged.length - 1] = last + String(part);
    else if (part !== '') merged.push(typeof part === 'object' ? part : String(part));
  }
  if (merged.length === 0) return '';
  return merged.length === 1 ? merged[0]! : { 'Fn::Join': ['', merged] };
}

/** The parts of a join without a separator; any other value is one part. */
export function joinedParts(part: TemplateValue): readonly TemplateValue[] {
  const [separator, inner] = items(field(part, 'Fn::Join'));
  return separator === '' ? items(inner) : [part];
}
