import type { Panel } from '../chart/panel';
import type { Report } from '../report';
import { drawnRuns } from './drawn-run';
import { failuresPanel } from './failures-panel';
import { latencyPanel } from './latency-panel';
import { signalPanels } from './signal-panels';
import { tasksPanel } from './tasks-panel';
import { requestsPanel, usersPanel } from './traffic-panels';

/** The panels of a report from top to bottom. What no run has anything to show of is left out. */
export function panelsOf(report: Report): Panel[] {
  const runs = drawnRuns(report);
  const panels = [usersPanel(runs), requestsPanel(runs), tasksPanel(runs), ...signalPanels(runs), latencyPanel(runs), failuresPanel(runs)];
  return panels
    .map((panel) => ({ ...panel, series: panel.series.filter(({ line }) => line.some((point) => point.value !== undefined)) }))
    .map((panel) =>
      runs.length === 2 ? { ...panel, series: panel.series.map((one) => ({ ...one, isBroad: one.colour === runs[0]!.colour })) } : panel,
    )
    .filter((panel) => panel.series.length > 0);
}
