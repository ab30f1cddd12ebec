import { formatElapsed } from '../../parse/durations';
import type { Band, ForecastBand } from '../../simulation/band';
import type { Sensitivity } from '../../simulation/sensitivity';
import { formatWholeNumber } from '../number-format';

interface ComparedFigure {
  readonly name: string;
  readonly band: (band: ForecastBand) => Band | undefined;
  readonly format: (value: number) => string;
  /** The smallest difference of two medians that is reported. */
  readonly smallestDifference: number;
}

const FIGURES: readonly ComparedFigure[] = [
  { name: 'first scale-out', band: (band) => band.firstScaleOutSeconds, format: formatElapsed, smallestDifference: 20 },
  { name: 'first scale-in', band: (band) => band.firstScaleInSeconds, format: formatElapsed, smallestDifference: 20 },
  { name: 'maximum tasks', band: (band) => band.maxTasks, format: formatWholeNumber, smallestDifference: 1 },
  { name: 'failed requests', band: (band) => band.failedRequests, format: formatWholeNumber, smallestDifference: 1 },
];

/** A smaller change than this is that of other seeds. */
const SMALLEST_SHARE = 0.05;

/** What the forecast would be where AWS behaves otherwise: a line for each undocumented setting whose other value changes a median. */
export function sensitivityLines(band: ForecastBand, sensitivity: readonly Sensitivity[]): string[] {
  const rows = sensitivity.map(({ setting, value, band: other }) => ({
    setting: `${setting} ${value}`,
    changes: changedFigures(band, other),
  }));
  const changing = rows.filter(({ changes }) => changes.length > 0);
  const settings = new Set(sensitivity.map(({ setting }) => setting));
  const changingSettings = new Set(
    sensitivity.filter(({ band: other }) => changedFigures(band, other).length > 0).map((row) => row.setting),
  );
  const others = [...settings].filter((setting) => !changingSettings.has(setting));
  return [
    ...changing.map(({ setting, changes }) => `${setting}: ${changes.join(', ')}`),
    ...(others.length === 0 ? [] : [`without a difference: ${others.join(', ')}`]),
  ];
}

/** The figures whose median changes, as text. */
function changedFigures(band: ForecastBand, other: ForecastBand): string[] {
  return FIGURES.flatMap(({ name, band: bandOf, format, smallestDifference }) => {
    const [assumed, changed] = [bandOf(band)?.median, bandOf(other)?.median];
    if (assumed === changed) return [];
    const text = (value: number | undefined): string => (value === undefined ? 'never' : format(value));
    if (assumed !== undefined && changed !== undefined) {
      const difference = Math.abs(assumed - changed);
      if (difference < Math.max(smallestDifference, SMALLEST_SHARE * Math.max(assumed, changed))) return [];
    }
    return [`${name} ${text(changed)} instead of ${text(assumed)}`];
  });
}
