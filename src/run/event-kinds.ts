/** What is shown of a kind of event, on a chart and in the live view. */
interface EventKind {
  /** Whether it is something that was done to the tasks, and not an effect of something else. */
  readonly isCause?: boolean;
  /** The shape and the color of its marker on a chart. */
  readonly marker: 'fault' | 'change' | 'deployment';
  readonly color: 'red' | 'green' | 'blue' | 'purple';
  /** The character and the tone of its line in the live view. */
  readonly glyph: 'failure' | 'change';
  readonly tone: 'bad' | 'good' | 'in-progress' | 'warning';
  /** Whether it is marked on the progress bar of the live view. */
  readonly isOnProgressBar?: boolean;
}

/** All kinds of events, one row each. */
export const EVENT_KINDS = {
  fault: { isCause: true, marker: 'fault', color: 'red', glyph: 'failure', tone: 'bad', isOnProgressBar: true },
  'task-lost': { marker: 'fault', color: 'red', glyph: 'failure', tone: 'bad', isOnProgressBar: true },
  'replacement-healthy': { marker: 'change', color: 'green', glyph: 'change', tone: 'good' },
  'zone-recovered': { marker: 'change', color: 'green', glyph: 'change', tone: 'good' },
  'rebalancing-started': { marker: 'change', color: 'blue', glyph: 'change', tone: 'in-progress' },
  'deployment-started': {
    isCause: true,
    marker: 'deployment',
    color: 'purple',
    glyph: 'change',
    tone: 'in-progress',
    isOnProgressBar: true,
  },
  'deployment-paused': { marker: 'deployment', color: 'purple', glyph: 'change', tone: 'in-progress' },
  'deployment-continued': { isCause: true, marker: 'deployment', color: 'purple', glyph: 'change', tone: 'in-progress' },
  'bake-started': { marker: 'deployment', color: 'purple', glyph: 'change', tone: 'in-progress' },
  'deployment-completed': { marker: 'deployment', color: 'purple', glyph: 'change', tone: 'good' },
  'deployment-failed': { marker: 'deployment', color: 'red', glyph: 'failure', tone: 'bad', isOnProgressBar: true },
  'rolled-back': { marker: 'deployment', color: 'purple', glyph: 'change', tone: 'warning' },
  'cpu-credits-low': { marker: 'change', color: 'red', glyph: 'failure', tone: 'warning' },
  'instances-scaled': { marker: 'change', color: 'blue', glyph: 'change', tone: 'in-progress' },
  'policy-changed': { marker: 'change', color: 'blue', glyph: 'change', tone: 'in-progress' },
} as const satisfies Readonly<Record<string, EventKind>>;

/** Something that happened to the tasks of a run, or was done to them. */
export type OutcomeEventKind = keyof typeof EVENT_KINDS;

/** What is shown of a kind of event. */
export function eventKind(kind: OutcomeEventKind): EventKind {
  return EVENT_KINDS[kind];
}
