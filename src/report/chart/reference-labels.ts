import { element, textElement } from '../markup';
import { FONT, type Frame } from './frame';
import { type LinearScale, place } from './linear-scale';
import type { Reference } from './panel';

const LINE_HEIGHT = 13;

interface Placed {
  readonly reference: Reference;
  readonly y: number;
  labelY: number;
}

/** Lines across a panel with their labels at the right end: a target's above its line, a threshold's below, moved apart where they meet. */
export function placedReferences(references: readonly Reference[], values: LinearScale, frame: Frame): string[] {
  const placed: Placed[] = references.map((reference) => {
    const y = values.at(reference.value);
    return { reference, y, labelY: reference.kind === 'target' ? y - 4 : y + FONT.label };
  });
  placed.sort((a, b) => a.y - b.y);
  moveApart(placed, values.at(values.least) - 3);
  return [...placed.map((one) => drawnLine(one, frame)), ...placed.map((one) => drawnLabel(one, frame))];
}

/** Pushes labels up from the bottom of the panel, then each above the one below it. */
function moveApart(placed: readonly Placed[], lowest: number): void {
  let limit = lowest;
  for (const one of [...placed].reverse()) {
    one.labelY = Math.min(one.labelY, limit);
    limit = one.labelY - LINE_HEIGHT;
  }
}

function drawnLine({ reference, y }: Placed, frame: Frame): string {
  return element('path', { d: `M${frame.left},${place(y)}H${frame.right}`, class: `${reference.kind} ${reference.colour}` });
}

function drawnLabel({ reference, labelY }: Placed, frame: Frame): string {
  return textElement('text', { x: frame.right - 3, y: place(labelY), class: `label end tinted ${reference.colour}` }, reference.label);
}
