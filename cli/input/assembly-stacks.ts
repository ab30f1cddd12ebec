import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../../src/parse/input-error';
import { asObject, field, type TemplateValue } from '../../src/plan/template/template-value';
import { fileName } from './input-file';
import { readDocument } from './parsed-document';

/** A stack of a cloud assembly. */
export interface AssemblyStack {
  /** The name that the CDK prints: `Prod/Shop` for a stack of a stage. */
  readonly displayName: string;
  /** The other names that `--stack` may give. */
  readonly names: readonly string[];
  readonly file: string;
}

const TEMPLATE_SUFFIX = '.template.json';

/** The stacks of a cloud assembly and of its stages, in the order of their names. */
export async function stacksOf(folder: string): Promise<readonly AssemblyStack[]> {
  const stacks = existsSync(join(folder, 'manifest.json')) ? await stacksOfManifest(folder) : stacksOfFiles(folder);
  if (stacks.length === 0) {
    const example = join(folder, `Shop${TEMPLATE_SUFFIX}`);
    throw new InputError([`--template must be a file such as ${fileName(example)}, got a folder with no template`]);
  }
  return [...stacks].sort((a, b) => a.displayName.localeCompare(b.displayName));
}

async function stacksOfManifest(folder: string): Promise<AssemblyStack[]> {
  const manifest = await readDocument('--app', join(folder, 'manifest.json'));
  const stacks: AssemblyStack[] = [];
  for (const [id, artifact] of Object.entries(asObject(field(manifest, 'artifacts')))) {
    const properties = field(artifact, 'properties');
    const text = (value: TemplateValue | undefined): string | undefined => (typeof value === 'string' ? value : undefined);
    const nested = text(field(properties, 'directoryName'));
    const template = text(field(properties, 'templateFile'));
    if (field(artifact, 'type') === 'cdk:cloud-assembly' && nested !== undefined) stacks.push(...(await stacksOf(join(folder, nested))));
    if (field(artifact, 'type') !== 'aws:cloudformation:stack' || template === undefined) continue;
    const displayName = text(field(artifact, 'displayName')) ?? id;
    const names = [id, text(field(properties, 'stackName')) ?? id, template.slice(0, -TEMPLATE_SUFFIX.length)];
    stacks.push({ displayName, names, file: join(folder, template) });
  }
  return stacks;
}

/** A folder without a manifest has its templates. */
function stacksOfFiles(folder: string): AssemblyStack[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(TEMPLATE_SUFFIX))
    .map((file) => ({ displayName: file.slice(0, -TEMPLATE_SUFFIX.length), names: [], file: join(folder, file) }));
}

/** Whether a path is a folder, such as `cdk.out`. */
export function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/**
 * The stacks that a name or a pattern such as `Prod/*` chooses; all without one.
 *
 * @throws InputError if there is none.
 */
export function chooseStacks(stacks: readonly AssemblyStack[], pattern: string | undefined): readonly AssemblyStack[] {
  if (pattern === undefined) return stacks;
  const expression = new RegExp(`^${pattern.split('*').map(escaped).join('.*').replaceAll('\\?', '.')}$`);
  const chosen = stacks.filter(({ displayName, names }) => [displayName, ...names].some((name) => expression.test(name)));
  if (chosen.length > 0) return chosen;
  throw new InputError([`--stack must be one of ${stackList(stacks)}, got '${fileName(pattern)}'`]);
}

/** As many names as fit into an error. */
export function stackList(stacks: readonly AssemblyStack[]): string {
  const names = stacks.map(({ displayName }) => displayName);
  return names.length <= MAX_LISTED ? names.join(', ') : `${names.slice(0, MAX_LISTED).join(', ')} and ${names.length - MAX_LISTED} more`;
}

const MAX_LISTED = 8;

function escaped(text: string): string {
  return text.replace(/[.+^${}()|[\]\\?]/g, '\\$&');
}
