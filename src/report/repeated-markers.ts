import type { Marker } from './chart/marker';

/** So many alike are one marker: the first few say all that the others would. */
const LEAST_ALIKE = 3;

/** Markers that follow each other closer than this share of the drawing belong together. */
const GAP_SHARE = 1 / 20;

/** The same markers, but what happens again and again, of itself, is one of them: with how often it did, from the first to the last time. */
export function withoutRepeatedMarkers(markers: readonly Marker[], endSeconds: number): Marker[] {
  const series: Marker[][] = [];
  for (const marker of [...markers].sort((one, other) => one.atSeconds - other.atSeconds)) {
    const last = series.find((list) => isContinued(list.at(-1)!, marker, endSeconds * GAP_SHARE));
    if (last === undefined) series.unshift([marker]);
    else last.push(marker);
  }
  return series.reverse().flatMap((list) => (list.length < LEAST_ALIKE ? list : together(list)));
}

function isContinued(before: Marker, marker: Marker, gapSeconds: number): boolean {
  const isMoment = before.untilSeconds === undefined && marker.untilSeconds === undefined;
  const isStep = marker.kind === 'scale-out' || marker.kind === 'scale-in';
  const isAlike = before.label === marker.label && before.kind === marker.kind && before.colour === marker.colour;
  return isMoment && !isStep && isAlike && marker.atSeconds - before.atSeconds <= gapSeconds;
}

function together(list: readonly Marker[]): Marker {
  const [first, last] = [list[0]!, list.at(-1)!];
  return { ...first, label: `${first.label}, ${list.length} times`, untilSeconds: last.atSeconds };
}
