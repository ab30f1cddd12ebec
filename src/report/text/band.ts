import type { Band, ForecastBand } from '../../forecast/band';
import { clockTime } from '../../scenario/duration';
import { wholeNumber } from '../amount';

/** Where the numbers of a forecast lie over many seeds. */
export function bandLines(band: ForecastBand): string[] {
  return [
    `first scale-out  ${inWords(band.firstScaleOutSeconds, clockTime)}`,
    `first scale-in   ${inWords(band.firstScaleInSeconds, clockTime)}`,
    `most tasks       ${inWords(band.maxTasks, wholeNumber)}`,
    `failed requests  ${inWords(band.failedRequests, wholeNumber)}`,
    `over target      ${inWords(band.secondsOverTarget, wholeSeconds)}`,
    `outage           ${inWords(band.outageSeconds, wholeSeconds)}`,
  ];
}

function wholeSeconds(seconds: number): string {
  return `${wholeNumber(seconds)} s`;
}

function inWords(band: Band | undefined, say: (value: number) => string): string {
  if (band === undefined) return 'never';
  return band.low === band.high ? say(band.median) : `${say(band.median)}, in 90 of 100 from ${say(band.low)} to ${say(band.high)}`;
}
