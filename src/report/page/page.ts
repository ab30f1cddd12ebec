import { explain } from '../../advice/remarks';
import type { ForecastBand } from '../../simulation/band';
import type { Sensitivity } from '../../simulation/sensitivity';
import { headlines, shortTraffic } from '../headline';
import { element, textElement } from '../markup';
import { panelsOf } from '../panels/panels';
import { endSeconds, type Report, type ReportedRun } from '../report';
import { svgOf } from '../svg';
import { eventLines } from '../text/activity-text';
import { planLines, workloadLines } from '../text/plan-text';
import { sensitivityLines } from '../text/sensitivity-text';
import { selectionText, significantRows, timelineColumns } from '../text/timeline-text';
import { differencesTable, numberCards } from './differences';
import { hoverScript } from './hover-script';
import { activityTable, billTable, table, uncertaintyTable } from './page-tables';

/** The maximum number of rows of a timeline. */
const MAX_ROWS = 720;

/** The maximum number of events. */
const MAX_EVENTS = 100;

/** The maximum number of activities that are explained. */
const MAX_EXPLAINED_ACTIVITIES = 20;

/** A report as a self-contained HTML page. It loads nothing, and without scripts only the values at the pointer are missing. */
export function htmlOf(report: Report): string {
  const head = [
    element('meta', { charset: 'utf-8' }),
    element('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    textElement('title', {}, report.title),
    element('style', {}, PAGE_STYLE),
  ];
  const page = element('html', { lang: 'en' }, [element('head', {}, head), element('body', {}, element('main', {}, content(report)))]);
  return `<!doctype html>\n${page}\n`;
}

function content(report: Report): string[] {
  const { runs } = report;
  const isSingleRun = runs.length === 1;
  return [
    textElement('h1', {}, report.title),
    ...headlines(report).map((text, index) =>
      textElement('p', { class: 'headline' }, `${isSingleRun ? '' : `${runs[index]!.name}: `}${text}`),
    ),
    ...[...new Set(runs.map(runDescription))].map((text) => textElement('p', { class: 'origin' }, text)),
    isSingleRun ? numberCards(runs[0]) : section('Comparison', differencesTable(report)),
    ...(report.sections ?? []).map(({ heading, lines, isTable = false }) =>
      section(heading, isTable ? preformatted(lines) : bullets(lines)),
    ),
    element('figure', {}, svgOf(report, 'without heading')),
    ...runs.map((run) => details(run, isSingleRun ? '' : `${run.name}: `)),
    ...plansAndWorkloads(report),
    ...runs.map((run) => timeline(run, isSingleRun ? '' : `${run.name}: `)),
    hoverScript(panelsOf(report), endSeconds(report)),
  ];
}

function runDescription(run: ReportedRun): string {
  const { outcome, scenario } = run;
  const kinds: Readonly<Record<typeof outcome.kind, string>> = {
    forecast: `A forecast with seed ${scenario.seed}`,
    rehearsal: `A rehearsal with real tasks on one machine${formatSpeed(run)}`,
    observed: `As it was observed${formatSpeed(run)}`,
  };
  return `${kinds[outcome.kind]}, under ${shortTraffic(scenario.traffic)}.`;
}

function formatSpeed({ speed = 1 }: ReportedRun): string {
  return speed === 1 ? '' : `, ${speed} times as fast: requests keep their pace, so that about 1 of ${speed} was sent`;
}

/** The sections of one run, with the name of the run in each heading if there are several. */
function details(run: ReportedRun, name: string): string {
  const { scenario, outcome, band, sensitivity = [], cost } = run;
  return [
    section(`${name}Remarks`, bullets(run.remarks ?? [])),
    section(`${name}Why it scaled`, bullets(explain(scenario, outcome).activities.slice(0, MAX_EXPLAINED_ACTIVITIES))),
    section(`${name}Scaling`, activityTable(outcome)),
    section(`${name}Events`, preformatted(eventLines(outcome).slice(0, MAX_EVENTS))),
    section(`${name}Cost`, cost === undefined ? '' : billTable(cost)),
    section(`${name}Uncertainty`, band === undefined ? '' : uncertainty(band, sensitivity)),
    section(`${name}Where AWS behaves otherwise`, band === undefined ? '' : bullets(sensitivityLines(band, sensitivity))),
  ].join('');
}

/** The plan and workload: once if all runs have the same, as a rehearsal and its forecast do. */
function plansAndWorkloads({ runs }: Report): string[] {
  const plans = runs.map(({ scenario }) => preformatted([...planLines(scenario.plan), ...workloadLines(scenario)]));
  const isShared = plans.every((plan) => plan === plans[0]);
  return [
    ...(isShared
      ? [section('Plan and workload', plans[0]!)]
      : runs.map(({ name }, index) => section(`${name}: Plan and workload`, plans[index]!))),
    ...runs.map(({ name, ignored = [] }) => section(isShared ? 'Ignored' : `${name}: Ignored`, bullets(ignored))),
  ];
}

function timeline({ outcome }: ReportedRun, name: string): string {
  const selected = significantRows(outcome.timeline, MAX_ROWS);
  const selection = selected.rowInterval === 1 ? '' : `, ${selectionText(selected)}`;
  return collapsed(`${name}Timeline${selection}`, table(timelineColumns(outcome.timeline), selected.rows));
}

function uncertainty(band: ForecastBand, sensitivity: readonly Sensitivity[]): string {
  const seeds = `The range over ${band.seeds} runs with different random seeds. In each, CloudWatch evaluates metrics and alarms at another second of a minute`;
  const behaviors = `; the lowest and the highest percentile are those over ${sensitivity.length} other behaviors of AWS too`;
  return textElement('p', {}, `${seeds}${sensitivity.length === 0 ? '' : behaviors}:`) + uncertaintyTable(band);
}

/** A section with a heading; nothing if it has no content. */
export function section(heading: string, content: string): string {
  return content === '' ? '' : element('section', {}, [textElement('h2', {}, heading), content]);
}

/** A section that is collapsed at first. */
export function collapsed(heading: string, content: string): string {
  return element('details', {}, [textElement('summary', {}, heading), content]);
}

/** Texts as a bullet list. */
export function bullets(texts: readonly string[]): string {
  if (texts.length === 0) return '';
  return element(
    'ul',
    {},
    texts.map((text) => textElement('li', {}, text)),
  );
}

/** Lines in a fixed-width font. */
export function preformatted(lines: readonly string[]): string {
  return lines.length === 0 ? '' : textElement('pre', {}, lines.join('\n'));
}

/** The style sheet of a page, with light and dark colors and a print style. */
export const PAGE_STYLE = `
:root{color-scheme:light dark;--paper:#fff;--ink:#1f2328;--muted:#59636e;--line:#d9dee3;--card:#f6f8fa}
@media(prefers-color-scheme:dark){:root{--paper:#0d1117;--ink:#e6edf3;--muted:#9aa4af;--line:#2b323a;--card:#161b22}}
body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif}
main{max-width:960px;margin:0 auto;padding:24px 16px 64px}
h1{font-size:26px;line-height:1.25;margin:0 0 8px}
h2{font-size:18px;margin:36px 0 10px}
.headline{font-size:18px;margin:0 0 4px}
.note,.origin{color:var(--muted);font-size:13px}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:10px;margin:20px 0}
.cards div{background:var(--card);border:1px solid var(--line);border-radius:8px;padding:10px 12px}
.cards dt{color:var(--muted);font-size:13px}
.cards dd{margin:0}
.cards .figure{font-size:20px;font-weight:600;font-variant-numeric:tabular-nums}
figure{margin:16px 0;position:relative;overflow-x:auto}
figure svg{display:block;width:100%;min-width:720px;box-sizing:border-box;height:auto;border:1px solid var(--line);border-radius:8px}
.values{position:absolute;top:0;left:0;pointer-events:none;background:var(--card);border:1px solid var(--line);border-radius:6px;padding:6px 9px;font-size:12px;white-space:pre;box-shadow:0 2px 8px #0003}
.cursor{stroke:var(--ink);stroke-width:1;pointer-events:none}
.wide{overflow-x:auto}
table{border-collapse:collapse;font-size:13px;font-variant-numeric:tabular-nums}
th,td{padding:4px 10px;border-bottom:1px solid var(--line);text-align:right;white-space:nowrap;font-weight:400}
thead th{color:var(--muted);position:sticky;top:0;background:var(--paper)}
th:first-child,.text th,.text td{text-align:left}
.text td,.text th{vertical-align:top}
.text td:nth-child(n+3){white-space:normal;min-width:200px}
pre{background:var(--card);border:1px solid var(--line);border-radius:8px;padding:12px;overflow-x:auto;font-size:12.5px;line-height:1.5}
details{margin:24px 0}
summary{cursor:pointer;font-size:18px;font-weight:600}
li{margin:4px 0}
@media(max-width:600px){.text td:nth-child(n+3){min-width:150px}th,td{padding:4px 7px}}
@media print{figure svg{min-width:0}.wide{overflow:visible}figure,section{break-inside:avoid}}
`.trim();
