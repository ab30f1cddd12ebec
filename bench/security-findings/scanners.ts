import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Finding } from './recorded-findings';

/** A program that looks for weaknesses in templates. */
interface Scanner {
  readonly tool: string;

  /** Its version; undefined where it, or the rules that it needs, are missing. */
  readonly version: () => string | undefined;
  readonly scan: (folder: string) => Finding[];
}

/** More than a scanner writes. */
const MAX_BYTES = 2 ** 30;

/** The folder of the rules of cfn-guard: `rules/aws` of https://github.com/aws-cloudformation/aws-guard-rules-registry */
const GUARD_RULES = process.env['GUARD_RULES'];

/** The folder of the queries of kics: `assets/queries` of https://github.com/Checkmarx/kics */
const KICS_QUERIES = process.env['KICS_QUERIES'];

export const SCANNERS: readonly Scanner[] = [
  { tool: 'checkov', version: () => versionOf('checkov', '--version'), scan: scanWithCheckov },
  { tool: 'trivy', version: () => versionOf('trivy', '--version'), scan: scanWithTrivy },
  { tool: 'kics', version: () => (KICS_QUERIES === undefined ? undefined : versionOf('kics', 'version')), scan: scanWithKics },
  { tool: 'cfn-guard', version: () => (GUARD_RULES === undefined ? undefined : versionOf('cfn-guard', '--version')), scan: scanWithGuard },
];

function versionOf(command: string, option: string): string | undefined {
  const { status, stdout } = spawnSync(command, [option], { encoding: 'utf8' });
  return status === 0 ? (/\d+\.\d+\.\d+/.exec(stdout)?.[0] ?? stdout.trim()) : undefined;
}

/** What a program writes. It ends with an exit code of its own where it has found something. */
function outputOf(command: string, ...args: string[]): string {
  const { stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8', maxBuffer: MAX_BYTES });
  if (error !== undefined || stdout === '') throw error ?? new Error(stderr);
  return stdout;
}

function scanWithCheckov(folder: string): Finding[] {
  const report = JSON.parse(outputOf('checkov', '-d', folder, '--framework', 'cloudformation', '-o', 'json', '--compact', '--quiet'));
  const checks: { check_id: string; check_name: string; resource: string }[] = report.results.failed_checks;
  return checks.map(({ check_id: rule, check_name: title, resource }) => ({ rule, title, resource: resource.split('.')[1]! }));
}

function scanWithTrivy(folder: string): Finding[] {
  const args = ['config', '--format', 'json', '--quiet', '--skip-check-update', folder];
  return trivyFindings(JSON.parse(outputOf('trivy', ...args)), (file) => readFileSync(join(folder, file), 'utf8'));
}

/** The results for the files of a folder. What trivy calls a resource is a range of lines in a CloudFormation template, and not its logical id. */
interface TrivyReport {
  readonly Results?: readonly {
    readonly Target: string;
    readonly Misconfigurations?: readonly {
      readonly ID: string;
      readonly Title: string;
      readonly CauseMetadata: { readonly StartLine?: number };
    }[];
  }[];
}

/** The findings in a report of trivy. */
export function trivyFindings({ Results: results = [] }: TrivyReport, readTemplate: (file: string) => string): Finding[] {
  return results.flatMap(({ Target: file, Misconfigurations: found = [] }) => {
    const resources = found.length === 0 ? [] : resourcesByLine(readTemplate(file));
    return found.map(({ ID: rule, Title: title, CauseMetadata: { StartLine: line = 0 } }) => ({
      rule,
      title,
      resource: resources[line - 1] ?? `line ${line}`,
    }));
  });
}

/** The logical id of the resource that each line of a template belongs to, in JSON as the CDK writes it; undefined outside of all resources. */
function resourcesByLine(template: string): (string | undefined)[] {
  let section: string | undefined;
  let resource: string | undefined;
  return template.split('\n').map((line) => {
    const [, indentation, key] = /^( +)"([^"]+)": [{[]/.exec(line) ?? [];
    if (indentation?.length === 1) section = key;
    if (indentation?.length === 2) resource = section === 'Resources' ? key : undefined;
    const isOutside = /^ ?[\]}]/.test(line);
    return isOutside || indentation?.length === 1 ? undefined : resource;
  });
}

function scanWithKics(folder: string): Finding[] {
  const output = mkdtempSync(join(tmpdir(), 'kics-'));
  spawnSync('kics', [
    'scan',
    '-p',
    folder,
    '-t',
    'CloudFormation',
    '-q',
    KICS_QUERIES!,
    '-o',
    output,
    '--report-formats',
    'json',
    '--no-progress',
  ]);
  const { queries } = JSON.parse(readFileSync(join(output, 'results.json'), 'utf8')) as { queries: KicsQuery[] };
  rmSync(output, { recursive: true });
  return queries.flatMap(({ query_name: rule, description: title, files }) =>
    files.map(({ search_key: key }) => ({ rule, title, resource: /Resources\.(?:\{\{)?(\w+)/.exec(key)?.[1] ?? key })),
  );
}

interface KicsQuery {
  readonly query_name: string;
  readonly description: string;

  /** Where it is in the template: `Resources.Bucket.Properties`. */
  readonly files: { search_key: string }[];
}

/** All rules at once: a rule file that does not apply to a template is skipped. */
function scanWithGuard(folder: string): Finding[] {
  const args = ['validate', '--rules', GUARD_RULES!, '--data', folder, '--output-format', 'json', '--structured', '--show-summary', 'none'];
  return guardFindings(JSON.parse(outputOf('cfn-guard', ...args)));
}

/** The report on one template. A rule that is broken has its checks as a tree, and may be inside another rule. */
interface GuardReport {
  readonly not_compliant: readonly { readonly Rule: { readonly name: string; readonly checks: GuardNode } }[];
}

type GuardNode = string | number | boolean | null | readonly GuardNode[] | { readonly [key: string]: GuardNode };

/** The findings in the reports of cfn-guard: one for each rule and resource. */
export function guardFindings(reports: readonly GuardReport[]): Finding[] {
  return reports.flatMap(({ not_compliant: broken }) =>
    broken.flatMap(({ Rule: { name: rule, checks } }) => {
      const title = titleIn(textsIn(checks, 'custom_message'));
      const resources = textsIn(checks, 'path').flatMap((path) => /^\/Resources\/(\w+)/.exec(path)?.[1] ?? []);
      return [...new Set(resources)].map((resource) => ({ rule, title, resource }));
    }),
  );
}

/** All texts with this key, without those of the values that a check compares with. */
function textsIn(node: GuardNode, key: string): string[] {
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([name, inner]) => {
    if (name === 'to') return [];
    return name === key && typeof inner === 'string' ? [inner] : textsIn(inner, key);
  });
}

/** The first sentence of a message such as `Violation: … Fix: …`. */
function titleIn(messages: readonly string[]): string {
  const text = messages.map((message) => message.trim()).find((message) => message !== '') ?? '';
  return (/Violation:\s*(.*)/.exec(text)?.[1] ?? text.split('\n')[0]!).trim();
}
