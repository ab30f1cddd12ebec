/** What a forecast assumes where it does not follow a property, unless the property has one of the values that it follows. */
export interface Assumption {
  readonly assumed: string;
  /** The values that the forecast follows, as text. */
  readonly followed?: readonly string[];
}

/**
 * What becomes of the properties of a type of resource, each by its path, such as `HealthCheck.Interval`; lists have no index. What is
 * below a path has its row.
 */
export interface PropertyTable {
  /** In the plan, or in a text of its own if it cannot be. */
  readonly read: readonly string[];
  /** Names another resource. */
  readonly references: readonly string[];
  /** Has no effect on scaling, response times or cost. */
  readonly withoutEffect: readonly string[];
  readonly assumed: Readonly<Record<string, Assumption>>;
  /** The lists of attributes with `Key` and `Value`, and what becomes of each by its key. A key may end with a star. */
  readonly attributes?: { readonly property: string; readonly keys: AttributeTable };
}

/** What becomes of attributes. */
export type AttributeTable = Pick<PropertyTable, 'read' | 'withoutEffect' | 'assumed'>;
