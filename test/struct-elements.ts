import type { Assemblies, AssemblyType, TypeReference } from './assembly';

/** A list or map of structs in what callers pass. */
export interface StructCollection {
  /** Where it is: the struct or the method that takes it, and the names that lead to it. `*` is an element of a list or map. */
  readonly owner: string;
  readonly path: readonly string[];
  readonly kind: 'array' | 'map';
  readonly element: AssemblyType;
  readonly required: readonly string[];
}

/** Every list or map of structs that a caller can pass to this package, also inside structs of the CDK. */
export function structCollections(assemblies: Assemblies): StructCollection[] {
  const parameters = assemblies.own.flatMap(parametersOf);
  const structs = new Set(parameters.flatMap(({ type }) => assemblies.struct(type) ?? []));
  return [
    ...parameters
      .filter(({ type }) => assemblies.struct(type) === undefined)
      .flatMap(({ owner, name, type }) => collectionsIn(assemblies, owner, [name], type)),
    ...[...structs].flatMap((struct) => collectionsOf(assemblies, struct.name, [], struct)),
  ];
}

function parametersOf({ name, methods = [], initializer }: AssemblyType): { owner: string; name: string; type: TypeReference }[] {
  const all = [...methods, ...(initializer === undefined ? [] : [{ ...initializer, name: 'constructor' }])];
  return all.flatMap((method) => (method.parameters ?? []).map((parameter) => ({ ...parameter, owner: `${name}.${method.name}` })));
}

function collectionsOf(assemblies: Assemblies, owner: string, path: readonly string[], struct: AssemblyType): StructCollection[] {
  return assemblies.propertiesOf(struct).flatMap(({ name, type }) => collectionsIn(assemblies, owner, [...path, name], type));
}

function collectionsIn(assemblies: Assemblies, owner: string, path: readonly string[], type: TypeReference): StructCollection[] {
  // deeper than any struct is; a struct may contain itself.
  if (path.length > 6) return [];
  if (type.union !== undefined) return type.union.types.flatMap((each) => collectionsIn(assemblies, owner, path, each));
  const nested = assemblies.struct(type);
  if (nested !== undefined) return collectionsOf(assemblies, owner, path, nested);
  if (type.collection === undefined) return [];
  const { kind, elementtype } = type.collection;
  const element = assemblies.struct(elementtype);
  if (element === undefined) return collectionsIn(assemblies, owner, [...path, '*'], elementtype);
  const required = assemblies.propertiesOf(element).filter(({ optional }) => optional !== true);
  return [
    { owner, path, kind, element, required: required.map(({ name }) => name) },
    ...collectionsOf(assemblies, owner, [...path, '*'], element),
  ];
}
