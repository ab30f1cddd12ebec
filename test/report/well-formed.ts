/** An element of markup and its depth. */
interface OpenElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
}

const TOKEN = /<(\/?)([a-zA-Z][\w-]*)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>|<!doctype html>/g;
const ATTRIBUTE = /([\w:-]+)="([^"]*)"/g;
const ENTITY = /&(?!(?:amp|lt|gt|quot|#39);)/;

/**
 * Reads markup as strictly as XML is read, and returns its elements in their order.
 *
 * @throws Error at the first thing that is not well-formed.
 */
export function elementsOf(markup: string): OpenElement[] {
  const found: OpenElement[] = [];
  const open: string[] = [];
  let end = 0;
  for (const token of markup.matchAll(TOKEN)) {
    refuseLooseText(markup.slice(end, token.index));
    end = token.index + token[0].length;
    const [, closing, name, attributes, empty] = token;
    if (name === undefined) continue;
    if (closing === '/') {
      const opened = open.pop();
      if (opened !== name) throw new Error(`</${name}> closes <${opened}>`);
      continue;
    }
    found.push({ name, attributes: new Map([...attributes!.matchAll(ATTRIBUTE)].map(([, key, value]) => [key!, value!])) });
    if (empty !== '/') open.push(name);
  }
  refuseLooseText(markup.slice(end));
  if (open.length > 0) throw new Error(`<${open.join('> <')}> must be closed`);
  return found;
}

function refuseLooseText(text: string): void {
  if (/[<]/.test(text) || ENTITY.test(text)) throw new Error(`text must be escaped, got ${text.slice(0, 80)}`);
}
