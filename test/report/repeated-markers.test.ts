import { expect, test } from 'vitest';
import type { Marker } from '../../src/report/chart/draw-markers';
import { mergeRepeatedMarkers } from '../../src/report/markers';

const HOUR_SECONDS = 3600;

function lost(atSeconds: number, changes: Partial<Marker> = {}): Marker {
  return { atSeconds, label: 'a task ended', kind: 'fault', color: 'red', ...changes };
}

test('what happens again and again is one marker, as long as it goes on', () => {
  const other = lost(100, { label: 'a deployment', kind: 'deployment' });
  expect(mergeRepeatedMarkers([lost(60), other, lost(120), lost(200)], HOUR_SECONDS)).toEqual([
    lost(60, { label: 'a task ended, 3 times', untilSeconds: 200 }),
    other,
  ]);
});

test.each([
  ['happened twice', [lost(60), lost(120)]],
  // a twentieth of an hour is three minutes.
  ['is too far apart', [lost(60), lost(241), lost(422)]],
  ['lasted', [lost(60, { untilSeconds: 90 }), lost(100, { untilSeconds: 130 }), lost(140, { untilSeconds: 170 })]],
  ['is a step of scaling', [60, 120, 180].map((at) => lost(at, { kind: 'scale-in', label: '3 → 2' }))],
  ['belongs to different runs', [lost(60), lost(120, { color: 'blue' }), lost(180)]],
])('what %s stays as it is', (_, markers) => {
  const kept = mergeRepeatedMarkers(markers, HOUR_SECONDS);
  expect(kept.sort((one, other) => one.atSeconds - other.atSeconds)).toEqual(markers);
});
