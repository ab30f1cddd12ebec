import type { Fault } from '../../src/faults/fault-kinds';
import { FAULT_KINDS, FAULTS, shortcutFaultOf } from '../../src/faults/fault-rows';
import { join, type RenderContext, type StyledText, styled, truncate, widthOf } from './styled-text';

/** The state of the view that depends on the user's keys and not on the rehearsal. */
export interface Controls {
  /** Which keys are available: all, all but those of faults, or none because there is no keyboard. */
  readonly keys: 'all' | 'quit' | 'none';
  /** The page of the help that is shown, from 0. */
  readonly helpPage?: number;
  /** A message about the last key, which replaces the line of keys for some seconds. */
  readonly notice?: string;
}

/** The lines at the bottom: the available keys, or the notice about the last one. */
export function footLines({ keys, notice }: Controls, context: RenderContext): StyledText[] {
  const { width, glyphs } = context;
  const all = keyLabels(keys).map(([key, label]) => [...styled(key, 'bold'), ...styled(` ${label}`, 'dim')]);
  const lines = inLines(all, width).map((line) => truncate(line, width, glyphs.ellipsis));
  if (notice === undefined) return lines;
  // the same number of lines, so that the rest of the screen does not move.
  return [truncate(styled(context.sanitize(notice), 'warning'), width, glyphs.ellipsis), ...lines.slice(1).map(() => [])];
}

function keyLabels(keys: Controls['keys']): (readonly [string, string])[] {
  if (keys === 'none') return [];
  const faults = keys === 'all' ? FAULT_KEYS.map(({ key, label }) => [key, label] as const) : [];
  return [...faults, ['?', 'help'], ['q', 'quit']];
}

function inLines(items: readonly StyledText[], width: number): StyledText[] {
  const lines: StyledText[][] = [];
  for (const item of items) {
    const last = lines.at(-1);
    if (last !== undefined && widthOf(join([...last, item], styled('  '))) <= width) last.push(item);
    else lines.push([item]);
  }
  return lines.map((line) => join(line, styled('  ')));
}

/** A key that injects a fault. */
export interface FaultKey {
  readonly key: string;
  /** What it does, in the line of keys. */
  readonly label: string;
  /** The fault that the key injects at a second of the scenario. */
  readonly faultAt: (atSeconds: number) => Fault;
}

/** The keys of all faults that have one. */
export const FAULT_KEYS: readonly FaultKey[] = FAULT_KINDS.flatMap((kind) => {
  const { shortcut } = FAULTS[kind];
  return shortcut === undefined
    ? []
    : [{ key: shortcut.key, label: shortcut.label, faultAt: (atSeconds: number) => shortcutFaultOf(kind, atSeconds) }];
});

/** The fault that a key injects; undefined for any other key. */
export function faultOfKey(key: string, atSeconds: number): Fault | undefined {
  return FAULT_KEYS.find((faultKey) => faultKey.key === key)?.faultAt(atSeconds);
}
