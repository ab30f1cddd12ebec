import { type AwsObject, type AwsValue, list, structure } from './aws-call';

/** Names that lists have in their keys, before the number of the item. */
const LIST_MARKS = new Set(['member', 'entry']);

interface Node {
  value?: string;
  readonly children: Map<string, Node>;
}

/** Reads the input of an operation from the form of the query protocol: `Dimensions.member.1.Name=ClusterName`. */
export function parseQueryForm(form: URLSearchParams): AwsObject {
  const root: Node = { children: new Map() };
  for (const [key, value] of form) {
    let node = root;
    for (const part of key.split('.')) {
      const child = node.children.get(part) ?? { children: new Map() };
      node.children.set(part, child);
      node = child;
    }
    node.value = value;
  }
  return structure(inputOf(root));
}

function inputOf({ value, children }: Node): AwsValue {
  if (children.size === 0) return value ?? '';
  const [mark, ...others] = children.keys();
  if (mark !== undefined && others.length === 0 && LIST_MARKS.has(mark)) return itemsOf(children.get(mark)!);
  if ([...children.keys()].every((key) => /^\d+$/.test(key))) return itemsOf({ children });
  return Object.fromEntries([...children].map(([key, child]) => [key, inputOf(child)]));
}

function itemsOf({ children }: Node): readonly AwsValue[] {
  return [...children]
    .filter(([key]) => /^\d+$/.test(key))
    .sort(([one], [other]) => Number(one) - Number(other))
    .map(([, child]) => inputOf(child));
}

/** Writes the input of an operation as the form of the query protocol. */
export function writeQueryForm(operation: string, version: string, input: AwsObject): string {
  const form = new URLSearchParams({ Action: operation, Version: version });
  for (const [key, value] of Object.entries(input)) append(form, key, value);
  return form.toString();
}

function append(form: URLSearchParams, key: string, value: AwsValue): void {
  if (value === undefined || value === null) return;
  if (Array.isArray(value)) for (const [index, item] of list(value).entries()) append(form, `${key}.member.${index + 1}`, item);
  else if (value instanceof Date) form.append(key, value.toISOString());
  else if (typeof value === 'object') for (const [name, inner] of Object.entries(structure(value))) append(form, `${key}.${name}`, inner);
  else form.append(key, String(value));
}
