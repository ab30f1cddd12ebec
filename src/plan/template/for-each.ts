import { InputError } from '../../parse/input-error';
import { printableText } from '../../parse/printable-text';
import { isObject, type TemplateValue } from './template-value';

const FOR_EACH = 'Fn::ForEach::';

/** As many as a template may have resources. */
const MAX_REPETITIONS = 2000;

/** What a loop needs of the template around it. */
export interface ForEachScope {
  /** Evaluates the collection of a loop, with the values of parameters. */
  evaluate(value: TemplateValue): TemplateValue | undefined;
  /** How to give what only a deployment knows of a value; empty if nothing is missing. */
  howToGive(value: TemplateValue | undefined): string;
}

/**
 * A template without loops, which the transform `AWS::LanguageExtensions` repeats for each item of their collections.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-foreach.html
 *
 * @throws InputError for a loop whose collection is not known, or with too many repetitions.
 */
export function withoutLoops(template: TemplateValue, scope: ForEachScope): TemplateValue {
  return new Loops(scope).expand(template);
}

class Loops {
  private repetitions = 0;

  public constructor(private readonly scope: ForEachScope) {}

  public expand(value: TemplateValue): TemplateValue {
    if (Array.isArray(value)) return this.ofItems(value as readonly TemplateValue[]);
    if (!isObject(value)) return value;
    let isChanged = false;
    const entries = Object.entries(value).flatMap(([key, inner]) => {
      if (key.startsWith(FOR_EACH)) {
        isChanged = true;
        return this.repeat(key.slice(FOR_EACH.length), inner);
      }
      const expanded = this.expand(inner);
      isChanged ||= expanded !== inner;
      return [[key, expanded] as const];
    });
    return isChanged ? Object.fromEntries(entries) : value;
  }

  /** What has no loop stays the same object. */
  private ofItems(list: readonly TemplateValue[]): TemplateValue {
    const expanded = list.map((item) => this.expand(item));
    return expanded.some((item, index) => item !== list[index]) ? expanded : list;
  }

  private repeat(name: string, loop: TemplateValue): (readonly [string, TemplateValue])[] {
    const [identifier, collection, output] = Array.isArray(loop) ? (loop as readonly TemplateValue[]) : [];
    if (typeof identifier !== 'string' || collection === undefined || !isObject(output))
      throw new InputError([`${FOR_EACH}${printableText(name)} must have an identifier, a collection and an output`]);
    return this.itemsOf(name, collection).flatMap((item) => {
      if (++this.repetitions > MAX_REPETITIONS)
        throw new InputError([`${FOR_EACH} must repeat at most ${MAX_REPETITIONS} times, got more`]);
      return Object.entries(this.expand(substituted(output, identifier, item)) as Readonly<Record<string, TemplateValue>>);
    });
  }

  private itemsOf(name: string, collection: TemplateValue): readonly string[] {
    const list = this.scope.evaluate(collection);
    if (Array.isArray(list) && list.every((item) => typeof item !== 'object')) return list.map(String);
    const how = this.scope.howToGive(list);
    throw new InputError([
      `the collection of ${FOR_EACH}${printableText(name)} must be a list that is known${how === '' ? '' : `: ${how}`}`,
    ]);
  }
}

/** The output of a loop for an item: in keys and texts, and where the identifier is referred to. */
function substituted(value: TemplateValue, identifier: string, item: string): TemplateValue {
  const inText = (text: string): string =>
    text.replaceAll(`\${${identifier}}`, item).replaceAll(`&{${identifier}}`, item.replace(/[^0-9A-Za-z]/g, ''));
  if (typeof value === 'string') return inText(value);
  if (Array.isArray(value)) return value.map((inner) => substituted(inner as TemplateValue, identifier, item));
  if (!isObject(value)) return value;
  if (Object.keys(value).length === 1 && value['Ref'] === identifier) return item;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [inText(key), substituted(inner, identifier, item)]));
}
