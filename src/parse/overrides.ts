import { formatChoices } from './choices';
import { formatValue, isJsonObject, type JsonObject } from './json-fields';

/** What a string field may be, by the name of the field: one of some values, or any string. Other string fields cannot be overridden. */
export type AllowedStrings = Readonly<Record<string, readonly unknown[] | 'any text'>>;

/**
 * Overrides some fields of an object, at any depth, with values of the same type. Fields that the object does not have are errors.
 *
 * An item of a list is selected by its `name`, its `metric`, or its index from 0.
 *
 * @param path the name of the object, for errors.
 * @param errors gets an error for each field that cannot be overridden.
 */
export function applyOverrides<Original>(
  original: Original,
  overrides: unknown,
  path: string,
  errors: string[],
  allowedStrings: AllowedStrings,
): Original {
  return new Overrides(errors, allowedStrings).applyTo(original, overrides, path) as Original;
}

class Overrides {
  public constructor(
    private readonly errors: string[],
    private readonly allowedStrings: AllowedStrings,
  ) {}

  public applyTo(original: unknown, override: unknown, path: string): unknown {
    if (Array.isArray(original)) return this.applyToList(original, override, path);
    if (isJsonObject(original)) return this.applyToObject(original, override, path);
    if (this.isAllowed(original, override, path)) return override;
    this.errors.push(`${path} ${this.requirement(original, path)}, got ${formatValue(override)}`);
    return original;
  }

  private applyToObject(original: JsonObject, override: unknown, path: string): JsonObject {
    const names = Object.keys(original).join(', ');
    if (!isJsonObject(override)) {
      this.errors.push(`${path} must be an object with the fields ${names}, got ${formatValue(override)}`);
      return original;
    }
    const overridden = Object.entries(override).flatMap(([name, value]) => {
      if (Object.hasOwn(original, name)) return [[name, this.applyTo(original[name], value, joinPath(path, name))] as const];
      this.errors.push(
        `${path === '' ? 'a field' : `a field of ${path}`} must be one of ${formatChoices(Object.keys(original), name)}, got '${name.slice(0, 40)}'`,
      );
      return [];
    });
    return { ...original, ...Object.fromEntries(overridden) };
  }

  private applyToList(original: readonly unknown[], override: unknown, path: string): unknown[] {
    const result = [...original];
    if (!isJsonObject(override)) {
      this.errors.push(`${path} must be an object keyed by name, metric or index, got ${formatValue(override)}`);
      return result;
    }
    for (const [name, value] of Object.entries(override)) {
      const index = original.findIndex(
        (item, position) => isJsonObject(item) && [item['name'], item['metric'], String(position)].includes(name),
      );
      if (index !== -1) result[index] = this.applyTo(original[index], value, joinPath(path, name));
      else if (original.length === 0) this.errors.push(`${path} has no items to override, got '${name}'`);
      else this.errors.push(`an item of ${path} must be one of ${itemNames(original)}, got '${name}'`);
    }
    return result;
  }

  private isAllowed(original: unknown, override: unknown, path: string): boolean {
    if (typeof original !== typeof override) return false;
    if (typeof original !== 'string') return typeof override !== 'number' || Number.isFinite(override);
    const allowed = this.allowedStringsOf(path);
    return allowed === 'any text' || allowed?.includes(override) === true;
  }

  private requirement(original: unknown, path: string): string {
    if (typeof original !== 'string') return typeof original === 'boolean' ? 'must be true or false' : 'must be a number';
    const allowed = this.allowedStringsOf(path);
    if (allowed === 'any text') return 'must be a string';
    return allowed === undefined ? `cannot be overridden (it is '${original}')` : `must be ${allowed.join(' or ')}`;
  }

  private allowedStringsOf(path: string): AllowedStrings[string] | undefined {
    const name = path.slice(path.lastIndexOf('.') + 1);
    return Object.hasOwn(this.allowedStrings, name) ? this.allowedStrings[name] : undefined;
  }
}

function itemNames(items: readonly unknown[]): string {
  return items.map((item, index) => (isJsonObject(item) ? String(item['name'] ?? index) : String(index))).join(', ');
}

function joinPath(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}
