import { mean, shown } from './case-result';
import type { Validation } from './validation';

const HEADINGS = ['case', 'source', 'what', 'expected', 'observed', 'forecast, median', '5th to 95th', 'error', 'fitted', 'pass'];

/** All validations as a table in Markdown; a case names itself and its source once. */
export function validationTable(validations: readonly Validation[]): string {
  const rows = validations.map((validation, index) => {
    const { case: one, what, expected, got, isMet, fitted = '' } = validation;
    const isSame = validations[index - 1]?.case === one;
    const named = isSame ? ['', ''] : [`${one.title} (${one.id.split('-')[0]}, ${one.grade})`, sourceText(one.source)];
    return [...named, what, expected, ...comparison(validation, got), fitted, isMet ? 'yes' : '**no**'];
  });
  return [HEADINGS, HEADINGS.map(() => '---'), ...rows].map((cells) => `| ${cells.map(escaped).join(' | ')} |`).join('\n');
}

/** The observed value, the forecast, its range and its error. */
function comparison(validation: Validation, got: string): string[] {
  const { observed, range, unit = '' } = validation;
  const error = errorOf(validation);
  return [
    observed === undefined ? '' : `${shown(observed)}${unit}`,
    got,
    range === undefined ? '' : `${shown(range.low)} to ${shown(range.high)}`,
    error === undefined ? '' : signedPercent(error),
  ];
}

/** The error of the median as a share of the observed value. */
export function errorOf({ observed, value }: Validation): number | undefined {
  return observed === undefined || observed === 0 || value === undefined ? undefined : value / observed - 1;
}

/** A narrower range, as a share of the value, is none: all forecasts say the same. */
const NARROWEST_RANGE = 0.01;

/** How many observed values lie within the 5th to 95th percentile, of those for which forecasts differ. */
export function shareInRange(validations: readonly Validation[]): { readonly inside: number; readonly all: number } {
  const compared = validations.filter(
    ({ observed, range }) => observed !== undefined && range !== undefined && range.high - range.low > NARROWEST_RANGE * range.high,
  );
  const inside = compared.filter(({ observed, range }) => observed! >= range!.low && observed! <= range!.high);
  return { inside: inside.length, all: compared.length };
}

/** The mean signed error of the times that have an observed value. */
export function biasOfTimes(validations: readonly Validation[]): { readonly mean: number; readonly count: number } {
  const errors = validations.filter(({ unit }) => unit === ' s').flatMap((validation) => errorOf(validation) ?? []);
  return { mean: mean(errors), count: errors.length };
}

/** What the table says in two sentences. */
export function summaryOf(validations: readonly Validation[]): string {
  const { inside, all } = shareInRange(validations);
  const notFitted = validations.filter(({ fitted }) => fitted === undefined);
  const [bias, outOfSample] = [biasOfTimes(validations), biasOfTimes(notFitted)];
  return [
    `Of ${all} observed values for which forecasts differ by more than 1 %, ${inside} lie within their 5th to 95th percentile: over seeds, over the behaviors`,
    'that AWS does not document, and over ± 10 % of CPU per request.',
    `Bias: the mean signed error of the ${bias.count} times with an observed value is ${signedPercent(bias.mean)}; ` +
      `of the ${outOfSample.count} to which nothing was fitted, ${signedPercent(outOfSample.mean)}.`,
  ].join('\n');
}

function signedPercent(share: number): string {
  const percent = Math.round(100 * share);
  return percent > 0 ? `+${percent} %` : `${percent === 0 ? 0 : percent} %`;
}

/** The name of a source, without where in it and without the numbers of an index that no reader has. */
function sourceText(source: string): string {
  return source
    .replace(/\*?\.txt/, '')
    .replace(/,? lines? \d+(?:[-–]\d+)?(?:, \d+(?:[-–]\d+)?)*/g, '')
    .replace(/ ?\(same text: [^)]*\)/, '')
    .replace(/GitHub index id \d+/, 'a published log')
    .replace(/ ?\(?\bids? \d+(?:, \d+)*\)?/g, '')
    .trim();
}

function escaped(cell: string): string {
  return cell.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
