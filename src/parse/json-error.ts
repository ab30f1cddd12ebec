/** The line in which a text stops being JSON, or its last one where it ends too early. No part of the text: V8 names the position and quotes it. */
export function jsonErrorLine(text: string): { readonly line: number; readonly endsTooEarly: boolean } {
  const position = errorPosition(text);
  const before = position === undefined ? text.trimEnd() : text.slice(0, position);
  return { line: before.split('\n').length, endsTooEarly: position === undefined };
}

function errorPosition(text: string): number | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    const position = /at position (\d+)/.exec((error as Error).message)?.[1];
    return position === undefined ? undefined : Number(position);
  }
}
