import { explain } from '../../src/advice/remarks';
import type { Comparison } from '../../src/decide/compare';
import type { UpdateReport } from '../../src/lint/lint-update';
import type { PlanDifference } from '../../src/plan/plan-differences';
import type { ReportedRun } from '../../src/report/report';
import { planComparisonCells } from '../../src/report/text/plan-comparison-text';
import { workloadLines } from '../../src/report/text/plan-text';
import { updateLines } from './lint-text';

/** What a comment on a pull request is written from. */
export interface GateReport {
  /** The forecast of the change. */
  readonly run: ReportedRun;
  readonly base: string;
  readonly missing?: string;
  readonly comparison?: Comparison;
  readonly settings: readonly PlanDifference[];
  readonly update?: UpdateReport;
  readonly unchecked: readonly string[];
  readonly ignored: readonly string[];
  readonly unmet: readonly string[];
}

/** A comment on a pull request in Markdown: whether it passes, what changes, and why it scales so. */
export function gateComment(report: GateReport): string {
  const { run, base, missing, comparison, settings, update, unchecked, ignored, unmet } = report;
  const { activities, remarks } = explain(run.scenario, run.outcome);
  return [
    `### Forecast of \`${run.scenario.plan.service}\`: ${unmet.length === 0 ? 'passed' : 'failed'}`,
    ...listOf(unmet.map((message) => `**not met:** ${escaped(message)}`)),
    ...(missing === undefined ? [] : [`There is nothing to compare with in ${codeOf(base)}:`, fenced(missing)]),
    ...(comparison === undefined ? [] : [tableOf(planComparisonCells(comparison)), ...listOf(comparison.tradeOffs.map(escaped))]),
    ...(comparison === undefined ? [] : [settingsOf(settings)]),
    ...(update === undefined ? [] : ['**The update of the stack**', fenced(updateLines(update).join('\n'))]),
    ...listOf(unchecked.map(escaped)),
    details('Why it scales so', [...activities, ...remarks]),
    details('Workload, and what is left out', [...workloadLines(run.scenario), ...ignored]),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
    .concat('\n');
}

function settingsOf(settings: readonly PlanDifference[]): string {
  if (settings.length === 0) return 'No setting of scaling changes.';
  return tableOf([
    ['setting', 'before', 'after'],
    ...settings.map(({ setting, before = 'none', after = 'none' }) => [codeOf(setting), before, after]),
  ]);
}

function tableOf([head, ...rows]: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(escaped).join(' | ')} |`;
  return [line(head!), `|${head!.map((_, index) => (index === 0 ? ' --- ' : ' ---: ')).join('|')}|`, ...rows.map(line)].join('\n');
}

function listOf(lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [lines.map((text) => `* ${text}`).join('\n')];
}

function details(title: string, lines: readonly string[]): string {
  if (lines.length === 0) return '';
  return `<details><summary>${title}</summary>\n\n${lines.map((text) => `* ${escaped(text.trim())}`).join('\n')}\n\n</details>`;
}

function fenced(text: string): string {
  return `\`\`\`\`text\n${text}\n\`\`\`\``;
}

function codeOf(text: string): string {
  return `\`${text.replaceAll('`', "'")}\``;
}

/** A text that Markdown shows as it is, in one line of a list or a table. */
function escaped(text: string): string {
  return text.replaceAll('\n', ' ').replaceAll('|', '\\|').replaceAll('<', '&lt;');
}
