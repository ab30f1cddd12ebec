import type { Candidate } from '../../forecast/recommend/judge';
import { amount, percentage } from '../amount';
import { type Column, headings, line } from './columns';

const COLUMNS: readonly Column<Candidate>[] = [
  { heading: '$ a month', cell: ({ dollarsPerMonth }) => dollarsPerMonth.median.toFixed(2) },
  { heading: '  at risk', cell: ({ riskShare }) => percentage(riskShare.high).replace('below ', '<') },
  { heading: 'p95 ms', cell: ({ p95Millis }) => (p95Millis === undefined ? '-' : amount(p95Millis.median)) },
  { heading: 'tasks', cell: ({ settings }) => `${settings.minCapacity}-${settings.maxCapacity}` },
  { heading: '  cpu', cell: ({ settings }) => String(settings.cpu) },
  { heading: 'memory', cell: ({ settings }) => String(settings.memoryMiB) },
  { heading: 'CPU %', cell: ({ settings }) => amount(settings.targetCpuUtilizationPercent) },
  { heading: 'req/s/task', cell: ({ settings }) => amount(settings.requestsPerSecondPerTask) },
  { heading: 'cooldowns', cell: ({ settings }) => `${settings.scaleOutCooldownSeconds}/${settings.scaleInCooldownSeconds} s` },
  { heading: 'objective', cell: ({ unmet }) => (unmet.length === 0 ? 'met' : 'not met') },
];

/** Policies of which each costs more and risks less than the one before. */
export function recommendationLines(frontier: readonly Candidate[]): string[] {
  return [headings(COLUMNS), ...frontier.map((candidate) => line(COLUMNS, candidate))];
}
