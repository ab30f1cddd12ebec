import { existsSync, readFileSync } from 'node:fs';

/** An optional prop, and the default in its doc block. */
export interface DocumentedDefault {
  /** The file of the prop. */
  readonly file: string;
  readonly struct: string;
  readonly prop: string;
  /** Struct and prop. */
  readonly name: string;
  readonly value: string | undefined;
}

/** The defaults in the doc blocks, as jsii has read them. */
export function documentedDefaults(): DocumentedDefault[] {
  const file = new URL('../.jsii', import.meta.url);
  if (!existsSync(file)) throw new Error("the documented defaults are read from .jsii, which is missing: run 'npm run compile' first");
  const { types } = JSON.parse(readFileSync(file, 'utf8')) as { types: Record<string, JsiiType> };
  return Object.values(types)
    .filter(({ datatype }) => datatype === true)
    .flatMap(({ name, locationInModule, properties }) =>
      (properties ?? [])
        .filter(({ optional }) => optional === true)
        .map((prop) => ({
          file: locationInModule.filename,
          struct: name,
          prop: prop.name,
          name: `${name}.${prop.name}`,
          value: prop.docs?.default,
        })),
    );
}

interface JsiiType {
  readonly name: string;
  readonly datatype?: boolean;
  readonly locationInModule: { readonly filename: string };
  readonly properties?: readonly { readonly name: string; readonly optional?: boolean; readonly docs?: { readonly default?: string } }[];
}
