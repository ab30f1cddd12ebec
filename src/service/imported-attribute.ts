/** An attribute of a construct, undefined for an imported one without it: the CDK throws an error where such an attribute is read. */
export function importedAttribute<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
