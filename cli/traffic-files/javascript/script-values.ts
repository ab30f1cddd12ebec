import type * as Ast from '@babel/types';
import type { ScriptModule } from './script-module';

/** A value that is not known without running the script. */
export class NotStatic extends Error {
  public constructor(public readonly line: number) {
    super(`line ${line}`);
  }
}

/** A function of the script, as a value. */
export class ScriptFunction {
  public constructor(
    public readonly node: Ast.Function,
    public readonly module: ScriptModule,
    public readonly locals: ReadonlyMap<string, unknown>,
  ) {}
}

/** @throws NotStatic if a value has no properties that are known. */
export function propertyOf(object: unknown, key: string, line: number): unknown {
  if (key === 'length' && (Array.isArray(object) || typeof object === 'string')) return object.length;
  const isKnown = typeof object === 'object' && object !== null && !(object instanceof ScriptFunction) && !(object instanceof NotStatic);
  if (!isKnown) throw new NotStatic(line);
  const value = Object.hasOwn(object, key) ? (object as Record<string, unknown>)[key] : undefined;
  if (value instanceof NotStatic) throw value;
  return value;
}

/** A value without what is not static: the first such value is thrown, unless it is one of the fields that do not matter. */
export function withoutUnknown(value: unknown, ignoredFields: readonly string[]): unknown {
  if (value instanceof NotStatic) throw value;
  if (value instanceof ScriptFunction) return undefined;
  if (Array.isArray(value)) return value.map((element) => withoutUnknown(element, ignoredFields));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([name]) => !ignoredFields.includes(name));
  return Object.fromEntries(entries.map(([name, inner]) => [name, withoutUnknown(inner, ignoredFields)]));
}
