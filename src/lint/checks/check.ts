import type { LintedResource, LintedTemplate } from '../template/linted-template';

/** An error is what AWS rejects, or what cannot work; a warning is what works, and probably not as intended. */
export type Severity = 'error' | 'warning';

/** Something in a template that does not work. */
export interface Problem {
  readonly resource: LintedResource;

  /** Where in the properties of the resource, such as `DefaultActions.0`; empty for the resource as a whole. */
  readonly property: string;
  readonly reason: string;

  /** What to write instead. */
  readonly fix: string;
}

/** One rule for templates. */
export interface Check {
  /** Stable: it is written in suppressions and reports. */
  readonly id: string;
  readonly severity: Severity;

  /** What it finds, for the documentation: a phrase that completes "finds …". */
  readonly finds: string;

  /** What happens at deployment or at run time. */
  readonly consequence: string;
  readonly find: (template: LintedTemplate) => readonly Problem[];
}

/** A problem at a property of a resource. */
export function problem(resource: LintedResource, property: string, reason: string, fix: string): Problem {
  return { resource, property, reason, fix };
}

/** Items that have the same key as an item before them, with that item. Items without a key are left out. */
export function repeated<Item>(items: readonly Item[], keyOf: (item: Item) => string | undefined): readonly (readonly [Item, Item])[] {
  const first = new Map<string, Item>();
  return items.flatMap((item) => {
    const key = keyOf(item);
    if (key === undefined) return [];
    const before = first.get(key);
    if (before !== undefined) return [[before, item] as const];
    first.set(key, item);
    return [];
  });
}
