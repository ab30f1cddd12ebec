import { explain } from '../../scenario/explain';
import { headlines } from '../headline';
import { element, textElement } from '../markup';
import { panelsOf } from '../panels/panels';
import { endSeconds, type Report, type ReportedRun } from '../report';
import { svgOf } from '../svg';
import { eventLines } from '../text/activities';
import { planLines, workloadLine } from '../text/plan';
import { tellingRows } from '../text/telling-rows';
import { timelineColumns } from '../text/timeline';
import { trafficInShort } from '../traffic-in-short';
import { activityTable } from './activities';
import { billTable } from './bill';
import { cards } from './cards';
import { differences } from './differences';
import { hoverScript } from './hover-script';
import { PAGE_STYLE } from './page-style';
import { folded, preformatted, section, sentences } from './section';
import { table } from './table';
import { uncertaintyTable } from './uncertainty';

/** More rows than this nobody reads on a page. */
const MOST_ROWS = 720;

/** More events than this are the same again and again. */
const MOST_EVENTS = 100;

/** After so many steps of scaling a reader has seen how it goes. */
const MOST_EXPLAINED = 20;

/** A report as an HTML page that stands alone: nothing is loaded, and without scripts it lacks the values below the pointer only. */
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
  const isAlone = runs.length === 1;
  return [
    textElement('h1', {}, report.title),
    ...headlines(report).map((words, index) =>
      textElement('p', { class: 'headline' }, `${isAlone ? '' : `${runs[index]!.name}: `}${words}`),
    ),
    ...[...new Set(runs.map(origin))].map((text) => textElement('p', { class: 'origin' }, text)),
    isAlone ? cards(runs[0]) : section('Side by side', differences(report)),
    element('figure', {}, svgOf(report, 'without heading')),
    ...runs.map((run) => details(run, isAlone ? '' : `${run.name}: `)),
    ...questions(report),
    ...runs.map((run) => timeline(run, isAlone ? '' : `${run.name}: `)),
    hoverScript(panelsOf(report), endSeconds(report)),
  ];
}

function origin(run: ReportedRun): string {
  const { outcome, scenario } = run;
  const kind =
    outcome.kind === 'forecast' ? `A forecast with seed ${scenario.seed}` : `A rehearsal with real tasks on one machine${pace(run)}`;
  return `${kind}, under ${trafficInShort(scenario.traffic)}.`;
}

function pace({ speed = 1 }: ReportedRun): string {
  return speed === 1 ? '' : `, ${speed} times as fast: only one of ${speed} requests was sent`;
}

/** What is said of one run, each heading with the run's name where there are several. */
function details(run: ReportedRun, name: string): string {
  const { scenario, outcome, band, cost } = run;
  return [
    section(`${name}What to know`, sentences(run.remarks ?? [])),
    section(`${name}Why it scaled`, sentences(explain(scenario, outcome).activities.slice(0, MOST_EXPLAINED))),
    section(`${name}Scaling`, activityTable(outcome)),
    section(`${name}Events`, preformatted(eventLines(outcome).slice(0, MOST_EVENTS))),
    section(`${name}Cost`, cost === undefined ? '' : billTable(cost)),
    section(`${name}How certain`, band === undefined ? '' : uncertainty(band.seeds, uncertaintyTable(band))),
  ].join('');
}

/** What was asked: once where it was the same of all runs, as of a rehearsal and its forecast. */
function questions({ runs }: Report): string[] {
  const plans = runs.map(({ scenario }) => preformatted([...planLines(scenario.plan), workloadLine(scenario.workload)]));
  const isShared = plans.every((plan) => plan === plans[0]);
  return [
    ...(isShared
      ? [section('Plan and workload', plans[0]!)]
      : runs.map(({ name }, index) => section(`${name}: Plan and workload`, plans[index]!))),
    ...runs.map(({ name, ignored = [] }) =>
      section(isShared ? 'Ignored in the template' : `${name}: Ignored in the template`, sentences(ignored)),
    ),
  ];
}

function timeline({ outcome }: ReportedRun, name: string): string {
  const { rows, every } = tellingRows(outcome.timeline, MOST_ROWS);
  const selection = every === 1 ? '' : `, one row in ${every} and those in which tasks came, went or failed requests`;
  return folded(`${name}Timeline${selection}`, table(timelineColumns(outcome.timeline), rows));
}

function uncertainty(seeds: number, content: string): string {
  return textElement('p', {}, `Where the numbers lie over ${seeds} seeds, each another moment at which AWS measures and looks:`) + content;
}
