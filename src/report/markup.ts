/** The attributes of an element; undefined ones are left out. */
export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** The escapes of characters with a meaning in SVG and HTML. */
const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Characters that XML 1.0 cannot represent: control characters except white space, and lone surrogates. */
const FORBIDDEN = /(?![\t\n\r])\p{Cc}|\p{Cs}|[\ufffe\uffff]/gu;

/** Escapes a text for SVG and HTML. */
export function escapeText(text: string): string {
  return text.replace(FORBIDDEN, '\ufffd').replace(/[&<>"']/g, (character) => ESCAPES[character]!);
}

/** An element with markup as content, or an empty one. Attribute values are escaped, the content is not. */
export function element(name: string, attributes: Attributes, content?: string | readonly string[]): string {
  if (content === undefined) return `<${name}${formatAttributes(attributes)}/>`;
  return `<${name}${formatAttributes(attributes)}>${typeof content === 'string' ? content : content.join('')}</${name}>`;
}

/** An element with a text as content, which is escaped. */
export function textElement(name: string, attributes: Attributes, text: string): string {
  return `<${name}${formatAttributes(attributes)}>${escapeText(text)}</${name}>`;
}

function formatAttributes(attributes: Attributes): string {
  return Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escapeText(String(value))}"`)
    .join('');
}
