import type { TemplateValue } from '../../plan/template/template-value';
import { type LintedResource, type LintedTemplate, referencesIn } from '../template/linted-template';
import { keyOf } from '../template/values';
import { CREATE_ONLY_PROPERTIES } from './create-only-properties';

/** What CloudFormation does with a resource. It creates and updates first, and deletes what is removed or replaced last. */
export type Change = 'added' | 'removed' | 'replaced' | 'updated' | 'unchanged';

/** A resource of two templates. */
export interface ResourceChange {
  readonly id: string;
  readonly type: string;
  readonly change: Change;

  /** Undefined if it is added. */
  readonly before: LintedResource | undefined;

  /** Undefined if it is removed. */
  readonly after: LintedResource | undefined;

  /** The properties that change. */
  readonly properties: readonly string[];
}

/** The resources of two templates of one stack, and which of them are one physical resource. */
export class ResourceChanges {
  public readonly all: readonly ResourceChange[];
  private readonly replaced: ReadonlySet<string>;
  private readonly byId: ReadonlyMap<string, ResourceChange>;

  public constructor(
    public readonly before: LintedTemplate,
    public readonly after: LintedTemplate,
  ) {
    this.replaced = replacedResources(before, after);
    const ids = new Set([...before.resources, ...after.resources].map(({ id }) => id));
    this.all = [...ids].map((id) => this.changeOf(id));
    this.byId = new Map(this.all.map((change) => [change.id, change]));
  }

  public of(id: string): ResourceChange | undefined {
    return this.byId.get(id);
  }

  public ofType(type: string): readonly ResourceChange[] {
    return this.all.filter((change) => change.type === type);
  }

  /** Whether a resource is one physical resource before and after. */
  public stays(id: string): boolean {
    const change = this.of(id)?.change;
    return change === 'updated' || change === 'unchanged';
  }

  /** Whether the physical resource of the new template does not exist before the update. */
  public isNew(id: string): boolean {
    const change = this.of(id)?.change;
    return change === 'added' || change === 'replaced';
  }

  /** A value that is equal before and after if it refers to the same physical resources. */
  public physicalKey(side: 'before' | 'after', value: TemplateValue | undefined): string {
    const isNew = side === 'after' && referencesIn(value).some((id) => this.isNew(id));
    return isNew
      ? `${keyOf(value)} of the new ${referencesIn(value)
          .filter((id) => this.isNew(id))
          .join(' ')}`
      : keyOf(value);
  }

  private changeOf(id: string): ResourceChange {
    const [before, after] = [this.before.resource(id), this.after.resource(id)];
    const properties = before === undefined || after === undefined ? [] : changedProperties(before, after, this.replaced);
    return { id, type: (after ?? before)!.type, change: this.kindOf(before, after, properties), before, after, properties };
  }

  private kindOf(before: LintedResource | undefined, after: LintedResource | undefined, properties: readonly string[]): Change {
    if (before === undefined) return 'added';
    if (after === undefined) return 'removed';
    if (this.replaced.has(after.id)) return 'replaced';
    return properties.length > 0 ? 'updated' : 'unchanged';
  }
}

/** What a reference refers to changes with the resource that is replaced, so that one replacement causes others. */
function replacedResources(before: LintedTemplate, after: LintedTemplate): ReadonlySet<string> {
  const replaced = new Set<string>();
  for (let known = -1; known < replaced.size; ) {
    known = replaced.size;
    for (const resource of after.resources) {
      const old = before.resource(resource.id);
      if (old !== undefined && isReplaced(old, resource, replaced)) replaced.add(resource.id);
    }
  }
  return replaced;
}

function isReplaced(before: LintedResource, after: LintedResource, replaced: ReadonlySet<string>): boolean {
  if (before.type !== after.type) return true;
  const createOnly = CREATE_ONLY_PROPERTIES[after.type] ?? [];
  return changedProperties(before, after, replaced).some((property) => createOnly.includes(property));
}

function changedProperties(before: LintedResource, after: LintedResource, replaced: ReadonlySet<string>): string[] {
  const names = new Set([...Object.keys(before.properties), ...Object.keys(after.properties)]);
  return [...names].filter((name) => {
    const value = after.properties[name];
    return keyOf(before.properties[name]) !== keyOf(value) || referencesIn(value).some((id) => replaced.has(id));
  });
}
