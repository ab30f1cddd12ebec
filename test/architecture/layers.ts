import type { ImportGraph } from './import-graph';

interface Layer {
  /** A folder or a file; `*` stands for one name. An exact name goes before a star, a longer one before a shorter. */
  readonly folder: string;

  /** Other layers, besides the folder's own files. */
  readonly layers: readonly string[];

  /** Packages and built-ins; a trailing `*` stands for anything that follows. */
  readonly packages: readonly string[];
}

const CDK = ['aws-cdk-lib', 'aws-cdk-lib/*', 'constructs'];
const PUBLIC = ['cdk-scalable-stateless-service', 'cdk-scalable-stateless-service/integ', ...CDK, '@aws-cdk/integ-tests-alpha', 'node:*'];
const BASE = ['src/time', 'src/math', 'src/parse'];
const RULES = [...BASE, 'src/metrics', 'src/plan', 'src/scaling'];
const QUESTION = [...RULES, 'src/traffic', 'src/workload', 'src/faults', 'src/run'];
const MODEL = [...QUESTION, 'src/ecs', 'src/simulation', 'src/advice', 'src/decide', 'src/recording', 'src/report'];
const CONSTRUCTS = ['src/*.ts', 'src/service', 'src/instances', 'src/api'];

/** Who may import whom. What is not in the table is refused: a new folder starts with a line here. */
export const LAYERS: readonly Layer[] = [
  { folder: 'src/time', layers: [], packages: [] },
  { folder: 'src/math', layers: [], packages: [] },
  { folder: 'src/parse', layers: ['src/time'], packages: [] },
  { folder: 'src/metrics', layers: BASE, packages: [] },
  { folder: 'src/plan', layers: [...BASE, 'src/metrics'], packages: [] },
  { folder: 'src/scaling', layers: [...BASE, 'src/metrics', 'src/plan'], packages: [] },
  { folder: 'src/traffic', layers: RULES, packages: [] },
  { folder: 'src/workload', layers: RULES, packages: [] },
  { folder: 'src/faults', layers: RULES, packages: [] },
  { folder: 'src/run', layers: [...RULES, 'src/traffic', 'src/workload', 'src/faults'], packages: [] },
  { folder: 'src/ecs', layers: QUESTION, packages: [] },
  { folder: 'src/simulation', layers: [...QUESTION, 'src/ecs'], packages: [] },
  { folder: 'src/advice', layers: QUESTION, packages: [] },
  { folder: 'src/decide', layers: [...QUESTION, 'src/simulation', 'src/advice'], packages: [] },
  { folder: 'src/servers', layers: [], packages: [] },
  { folder: 'src/recording', layers: [...QUESTION, 'src/simulation'], packages: [] },
  { folder: 'src/report', layers: [...QUESTION, 'src/simulation', 'src/advice', 'src/decide', 'src/recording'], packages: [] },
  { folder: 'src/lint', layers: [...BASE, 'src/metrics', 'src/plan'], packages: [] },
  { folder: 'src/plugin', layers: [...BASE, 'src/metrics', 'src/plan', 'src/lint'], packages: ['aws-cdk-lib', 'node:fs'] },
  { folder: 'src/api', layers: MODEL, packages: ['aws-cdk-lib'] },
  { folder: 'src/*.ts', layers: [...CONSTRUCTS, ...MODEL], packages: [...CDK, 'node:path'] },
  { folder: 'src/instances', layers: ['src/service', ...RULES], packages: CDK },
  { folder: 'src/service', layers: [...CONSTRUCTS, ...MODEL, 'src/servers'], packages: [...CDK, 'node:crypto', 'node:fs', 'node:path'] },
  { folder: 'src/load-test', layers: [...CONSTRUCTS, ...RULES, 'src/traffic'], packages: [...CDK, 'node:fs', 'node:path'] },
  { folder: 'src/chaos', layers: [...CONSTRUCTS, ...BASE], packages: CDK },
  { folder: 'src/index.ts', layers: [...CONSTRUCTS, ...MODEL, 'src/plugin', 'src/chaos', 'src/load-test'], packages: [] },
  { folder: 'rehearsal', layers: [...QUESTION, 'src/ecs'], packages: ['node:*', 'undici', 'undici/lib/llhttp/llhttp-wasm.js'] },
  {
    folder: 'rehearsal/comparison',
    layers: [...QUESTION, 'src/ecs', 'src/simulation', 'src/advice', 'rehearsal'],
    packages: [],
  },
  {
    folder: 'emulation/front',
    layers: ['src/parse'],
    packages: ['node:*', 'cborg', 'cborg/taglib', 'fast-xml-parser'],
  },
  { folder: 'emulation/images', layers: [], packages: ['node:*'] },
  { folder: 'emulation/live', layers: [...QUESTION, 'src/ecs', 'rehearsal', 'emulation/front'], packages: ['node:*'] },
  { folder: 'emulation/control-plane', layers: [], packages: ['node:*'] },
  { folder: 'cli/live-view', layers: [...QUESTION, 'src/report'], packages: ['node:*', 'string-width'] },
  {
    folder: 'cli/traffic-files',
    layers: [...RULES, 'src/traffic'],
    packages: ['node:*', '@babel/parser', '@babel/types', '@lezer/common', '@lezer/python', 'fast-xml-parser', 'fflate', 'yaml'],
  },
  { folder: 'cli/scenario-files', layers: QUESTION, packages: ['ajv', 'yaml'] },
  {
    folder: 'cli/recording',
    layers: [...QUESTION, 'src/recording', 'emulation/front', 'emulation/live', 'cli'],
    packages: ['node:*', '@aws-sdk/*'],
  },
  {
    folder: 'cli/live-service',
    layers: [...BASE, 'src/metrics', 'src/plan'],
    packages: [
      ...['@aws-sdk/client-application-auto-scaling', '@aws-sdk/client-cloudwatch', '@aws-sdk/client-ecs'],
      '@aws-sdk/client-elastic-load-balancing-v2',
    ],
  },
  {
    folder: 'cli',
    layers: [
      ...MODEL,
      'src/lint',
      'src/servers',
      'rehearsal',
      'rehearsal/comparison',
      'emulation/control-plane',
      'emulation/front',
      'emulation/images',
      'emulation/live',
      'cli/live-view',
      'cli/traffic-files',
      'cli/scenario-files',
      'cli/recording',
      'cli/live-service',
    ],
    packages: ['node:*', 'undici', 'commander', 'yaml'],
  },
  { folder: 'assertions', layers: [], packages: ['cdk-scalable-stateless-service', ...CDK, '@aws-cdk/integ-tests-alpha'] },
  { folder: 'integ', layers: [], packages: PUBLIC },
  { folder: 'examples/*', layers: [], packages: [...PUBLIC, 'vitest'] },
  { folder: 'service-image/src', layers: [], packages: ['*'] },
];

/** Says of every import that the table does not allow what it is, and what would be allowed. */
export function layerViolations(graph: ImportGraph): string[] {
  return [...graph].flatMap(([file, { files, packages }]) => {
    const home = homeOf(file);
    if (!home) return [`${file} belongs to no layer`];
    const refused = [
      ...files.filter((target) => !mayImportFile(home, target)),
      ...packages.filter((name) => !home.layer.packages.some((allowed) => isMatch(allowed, name))),
    ];
    return refused.map((target) => `${file} imports ${target}: ${home.layer.folder} may import only ${allowedBy(home.layer)}`);
  });
}

function allowedBy({ layers, packages }: Layer): string {
  return ['its own files', ...layers, ...packages].join(', ');
}

interface Home {
  readonly layer: Layer;

  /** The folder, with the name that a star stands for. */
  readonly path: string;
}

function homeOf(file: string): Home | undefined {
  const homes = LAYERS.flatMap((layer) => {
    const path = file.match(pattern(layer.folder))?.[0];
    return path ? [{ layer, path }] : [];
  });
  return homes.sort((a, b) => b.path.length - a.path.length || b.layer.folder.length - a.layer.folder.length)[0];
}

function pattern(folder: string): RegExp {
  return new RegExp(`^${folder.replaceAll('.', '\\.').replaceAll('*', '[^/]+')}(?=/|$)`);
}

function mayImportFile(from: Home, target: string): boolean {
  const to = homeOf(target);
  return to !== undefined && (to.path === from.path || from.layer.layers.includes(to.layer.folder));
}

function isMatch(allowed: string, name: string): boolean {
  return allowed.endsWith('*') ? name.startsWith(allowed.slice(0, -1)) : name === allowed;
}
