import type { Band, ForecastBand } from '../../forecast/band';
import { clockTime } from '../../scenario/duration';
import { wholeNumber } from '../amount';
import type { Column } from '../text/columns';
import { table } from './table';

interface Uncertain {
  readonly name: string;
  readonly band?: Band;
  readonly say: (value: number) => string;
}

const COLUMNS: readonly Column<Uncertain>[] = [
  { heading: '', cell: ({ name }) => name },
  { heading: '5 of 100 below', cell: ({ band, say }) => (band === undefined ? 'never' : say(band.low)) },
  { heading: 'median', cell: ({ band, say }) => (band === undefined ? 'never' : say(band.median)) },
  { heading: '95 of 100 below', cell: ({ band, say }) => (band === undefined ? 'never' : say(band.high)) },
];

/** Where the numbers of a forecast lie over many seeds, since nobody can know when AWS looks at a metric. */
export function uncertaintyTable(band: ForecastBand): string {
  return table(COLUMNS, [
    { name: 'first scale-out', band: band.firstScaleOutSeconds, say: clockTime },
    { name: 'first scale-in', band: band.firstScaleInSeconds, say: clockTime },
    { name: 'most tasks', band: band.maxTasks, say: wholeNumber },
    { name: 'requests failed', band: band.failedRequests, say: wholeNumber },
  ]);
}
