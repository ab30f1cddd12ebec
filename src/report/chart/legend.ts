import { element, textElement } from '../markup';
import { FONT } from './frame';
import { place } from './linear-scale';
import { type Series, strokeStyle } from './panel';
import { textWidth } from './text-width';

const SWATCH = 18;
const GAP = 14;
const PAD = 5;

/** The names of a panel's series, each beside a piece of it, flush right at the height of the panel's title. */
export function legend(series: readonly Series[], right: number, baseline: number): string {
  const widths = series.map(({ name }) => SWATCH + PAD + textWidth(name, FONT.label) + GAP);
  let x = right + GAP - widths.reduce((sum, width) => sum + width, 0);
  return series
    .map((one, index) => {
      const drawn =
        swatch(one, x, baseline - 4) + textElement('text', { x: place(x + SWATCH + PAD), y: baseline, class: 'label' }, one.name);
      x += widths[index]!;
      return drawn;
    })
    .join('');
}

function swatch({ colour, shape, isBroad }: Series, x: number, y: number): string {
  const area = element('rect', { x: place(x), y: y - 5, width: SWATCH, height: 10, class: `area ${colour}` });
  const stroke = element('path', { d: `M${place(x)},${y}h${SWATCH}`, class: `line ${shape} ${colour}`, style: strokeStyle(isBroad) });
  if (shape === 'area') return area;
  return shape === 'filled' ? area + stroke : stroke;
}
