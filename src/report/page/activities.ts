import { type Activity, describeActivity, isScaleOut, type NotScaled } from '../../scaling/activity';
import { clockTime } from '../../scenario/duration';
import type { Outcome } from '../../scenario/outcome';
import { wholeNumber } from '../amount';
import { textElement } from '../markup';
import { activitySignal } from '../text/activities';
import type { Column } from '../text/columns';
import { table } from './table';

interface Entry {
  readonly atSeconds: number;
  readonly until: string;
  readonly what: string;
  readonly why: string;
}

const COLUMNS: readonly Column<Entry>[] = [
  { heading: 'time', cell: (entry) => clockTime(entry.atSeconds) },
  { heading: 'until', cell: (entry) => entry.until },
  { heading: 'what', cell: (entry) => entry.what },
  { heading: 'why', cell: (entry) => entry.why },
];

/** A page with thousands of these is not read. */
const MOST_ENTRIES = 300;

/** What scaling did and what it left undone, with the causes, in the order of time. */
export function activityTable({ activities, notScaled, totals }: Outcome): string {
  const entries = [...activities.map(scaled), ...notScaled.map(left)].sort((a, b) => a.atSeconds - b.atSeconds);
  if (entries.length === 0) return textElement('p', {}, `Scaling did nothing${whyNothing(totals)}.`);
  const shown = table(COLUMNS, entries.slice(0, MOST_ENTRIES), 'words');
  const more = entries.length - MOST_ENTRIES;
  return more > 0 ? shown + textElement('p', { class: 'note' }, `… and ${wholeNumber(more)} more`) : shown;
}

function scaled(activity: Activity): Entry {
  return {
    atSeconds: activity.startSeconds,
    until: activity.endSeconds === undefined ? 'not complete' : clockTime(activity.endSeconds),
    what: `${isScaleOut(activity) ? '▲' : '▼'} ${describeActivity(activity)}, from ${activity.fromCapacity}`,
    why: activity.metric === undefined ? activity.cause : `${activity.cause}; ${activitySignal(activity)}`,
  };
}

function left(entry: NotScaled): Entry {
  return {
    atSeconds: entry.startSeconds,
    until: entry.endSeconds > entry.startSeconds ? clockTime(entry.endSeconds) : '',
    what: `Not scaled: ${entry.reason}, at ${entry.currentCapacity}`,
    why: entry.cause,
  };
}

function whyNothing({ secondsOverTarget }: Outcome['totals']): string {
  return secondsOverTarget === 0
    ? ', and had no reason to'
    : `: a target was passed, for ${clockTime(secondsOverTarget)} in all, but not for long enough`;
}
