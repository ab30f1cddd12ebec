import { CfnElement, CfnResource, DefaultTokenResolver, type IResolvable, Reference, Stack, StringConcat, Tokenization } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/**
 * Whether CloudFormation could not create a resource that refers to an element: the element, or what it refers to, depends on the resource.
 *
 * Another stack is deployed as a whole: it depends on the stack of the resource where any of its elements does.
 */
export function closesCycle(element: CfnElement, resource: CfnResource): boolean {
  return CycleSearch.from(element, resource);
}

class CycleSearch {
  /** What a search resolves may start another one. That is about a name, which depends on nothing. */
  private static isSearching = false;

  public static from(element: CfnElement, resource: CfnResource): boolean {
    if (CycleSearch.isSearching) return false;
    CycleSearch.isSearching = true;
    try {
      return new CycleSearch(resource).reaches(element);
    } finally {
      CycleSearch.isSearching = false;
    }
  }

  private readonly home: Stack;
  private readonly seen = new Set<CfnElement>();

  private constructor(private readonly resource: CfnResource) {
    this.home = Stack.of(resource);
  }

  /** Follows what an element depends on, until it finds the resource. */
  private reaches(element: CfnElement): boolean {
    if (this.seen.has(element)) return false;
    const stack = Stack.of(element);
    if (this.isDeployedInParts(stack)) return this.isReachedFrom(element);
    return stack.dependencies.includes(this.home) || elementsOf(stack).some((each) => this.isReachedFrom(each));
  }

  private isReachedFrom(element: CfnElement): boolean {
    if (this.seen.has(element)) return false;
    this.seen.add(element);
    const stack = Stack.of(element);
    return dependenciesOf(element).some((target) => this.isHome(target, stack) || this.reaches(target));
  }

  /** Whether a dependency from a stack is on the resource, or on the stack that the resource is deployed with. */
  private isHome(target: CfnElement, from: Stack): boolean {
    if (target === this.resource) return true;
    return Stack.of(target) === this.home && from !== this.home && !outerStacksOf(from).includes(this.home);
  }

  /** The stack of the resource, and those around it: each of their elements is created for itself. */
  private isDeployedInParts(stack: Stack): boolean {
    return stack === this.home || outerStacksOf(this.home).includes(stack);
  }
}

/** The stacks that a nested stack is in. */
function outerStacksOf({ nestedStackParent: parent }: Stack): Stack[] {
  return parent === undefined ? [] : [parent, ...outerStacksOf(parent)];
}

function elementsOf(stack: Stack): CfnElement[] {
  return stack.node
    .findAll()
    .filter((node) => CfnElement.isCfnElement(node))
    .filter((node) => Stack.of(node) === stack);
}

/** What CloudFormation creates before an element: what its properties refer to, and what it depends on. */
function dependenciesOf(element: CfnElement): CfnElement[] {
  const explicit = CfnResource.isCfnResource(element) ? element.obtainDependencies() : [];
  return [...referencesOf(element), ...explicit].filter((target) => CfnElement.isCfnElement(target));
}

function referencesOf(element: CfnElement): IConstruct[] {
  const { _toCloudFormation: render } = element as unknown as { _toCloudFormation(): unknown };
  return referencesIn(element, render.call(element));
}

/** The constructs that a value refers to. */
export function referencesIn(scope: IConstruct, value: unknown): IConstruct[] {
  const resolver = new ReferenceCollector(new StringConcat());
  Tokenization.resolve(value, { scope, resolver, preparing: true });
  return [...resolver.targets];
}

/** Remembers each reference that it resolves. */
class ReferenceCollector extends DefaultTokenResolver {
  public readonly targets = new Set<IConstruct>();

  public override resolveToken(...[token, ...rest]: Parameters<DefaultTokenResolver['resolveToken']>): unknown {
    const resolvable: IResolvable = token;
    if (Reference.isReference(resolvable)) this.targets.add(resolvable.target);
    return super.resolveToken(token, ...rest);
  }
}
