import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A cloud assembly, as far as a deployment depends on it. */
export interface AssemblyContents {
  readonly templates: Record<string, Template>;
  readonly assets: Record<string, unknown>;
  readonly manifest: { readonly artifacts: Record<string, Artifact> };
  readonly integ: { readonly testCases: Record<string, Record<string, unknown>> };
}

interface Template {
  readonly Resources: Record<string, { readonly Type: string; readonly Properties: Record<string, unknown> }>;
}

interface Artifact {
  type: string;
  environment?: string;
  properties: Record<string, unknown>;
}

/** The time at which an assertion was synthesized. The version of the command that reads an assembly is no part of what it deploys. */
const SALT = 'salt';

/** The hash of a template, which is another one for each salt. */
const TEMPLATE_HASH = /[0-9a-f]{64}(?=\.json)/;

/** Everything in an assembly that a deployment depends on: all templates, asset manifests, stacks with their environments, and test cases. */
export function assemblyOf(folder: string): AssemblyContents {
  const read = (name: string) => JSON.parse(readFileSync(join(folder, name), 'utf8'), withoutSalt);
  const named = (suffix: string) => readdirSync(folder).filter((name) => name.endsWith(suffix));
  const contents = (suffix: string) => Object.fromEntries(named(suffix).map((name) => [name, read(name)]));
  return {
    templates: contents('.template.json'),
    assets: Object.fromEntries(Object.entries(contents('.assets.json')).map(([name, manifest]) => [name, withoutTemplates(manifest)])),
    manifest: read('manifest.json'),
    integ: read('integ.json'),
  };
}

function withoutSalt(key: string, value: unknown): unknown {
  if (key === SALT || key === 'minimumCliVersion') return undefined;
  return key === 'stackTemplateAssetObjectUrl' ? String(value).replace(TEMPLATE_HASH, 'hash') : value;
}

/** The template of a stack is an asset too; its contents are compared. */
function withoutTemplates({ files = {}, ...manifest }: { files?: Record<string, { source: { path: string } }> }) {
  return {
    ...manifest,
    files: Object.fromEntries(Object.entries(files).filter(([, { source }]) => !source.path.endsWith('.template.json'))),
  };
}
