import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { NAME, ROOT } from './consumer';

/** A type of an assembly, as far as the tests read it (https://aws.github.io/jsii/). */
export interface AssemblyType {
  readonly fqn: string;
  readonly name: string;
  readonly kind: 'class' | 'enum' | 'interface';

  /** Whether an interface is a struct. */
  readonly datatype?: boolean;
  readonly interfaces?: readonly string[];
  readonly properties?: readonly AssemblyProperty[];
  readonly methods?: readonly AssemblyMethod[];
  readonly initializer?: AssemblyMethod;
  readonly members?: readonly { readonly name: string; readonly docs?: Docs }[];
  readonly docs?: Docs;
  readonly locationInModule?: { readonly filename: string };
}

export interface AssemblyProperty {
  readonly name: string;
  readonly optional?: boolean;
  readonly type: TypeReference;
  readonly docs?: Docs;
}

export interface AssemblyMethod {
  readonly name?: string;
  readonly parameters?: readonly AssemblyProperty[];
  readonly docs?: Docs;
}

/** A doc block: its first sentence, the rest, and its tags. */
export interface Docs {
  readonly summary?: string;
  readonly remarks?: string;
  readonly default?: string;
  readonly custom?: Readonly<Record<string, string>>;
}

export interface TypeReference {
  readonly fqn?: string;
  readonly primitive?: string;
  readonly collection?: { readonly kind: 'array' | 'map'; readonly elementtype: TypeReference };
  readonly union?: { readonly types: readonly TypeReference[] };
}

/** The types of this package, and those of the CDK. */
export class Assemblies {
  public readonly own: readonly AssemblyType[] = Object.values(typesIn(join(ROOT, '.jsii')));
  private cdk?: Readonly<Record<string, AssemblyType>>;

  public find(fqn: string): AssemblyType | undefined {
    if (fqn.startsWith(`${NAME}.`)) return this.own.find((type) => type.fqn === fqn);
    // it is large.
    this.cdk ??= typesIn(join(ROOT, 'node_modules/aws-cdk-lib/.jsii'));
    return this.cdk[fqn];
  }

  /** A struct; undefined for any other type. */
  public struct({ fqn }: TypeReference): AssemblyType | undefined {
    const type = fqn === undefined ? undefined : this.find(fqn);
    return type?.datatype === true ? type : undefined;
  }

  /** The properties of a struct, with those that it inherits. */
  public propertiesOf({ properties = [], interfaces = [] }: AssemblyType): AssemblyProperty[] {
    return [...properties, ...interfaces.flatMap((fqn) => this.propertiesOf(this.find(fqn)!))];
  }
}

function typesIn(file: string): Readonly<Record<string, AssemblyType>> {
  if (!existsSync(file)) throw new Error(`${file} is missing: run 'npm run compile' first`);
  const assembly = JSON.parse(readFileSync(file, 'utf8'));
  if (assembly.schema !== 'jsii/file-redirect') return assembly.types;
  return JSON.parse(gunzipSync(readFileSync(join(dirname(file), assembly.filename))).toString()).types;
}
