import { FONT } from './frame';
import { type Colour, PALETTE } from './palette';

interface Surface {
  readonly paper: string;
  readonly ink: string;
  readonly muted: string;
  readonly grid: string;
}

const LIGHT: Surface = { paper: '#ffffff', ink: '#1f2328', muted: '#59636e', grid: '#e6e9ed' };
const DARK: Surface = { paper: '#0d1117', ink: '#e6edf3', muted: '#9aa4af', grid: '#262c34' };

/** The style sheet of a chart, which goes into the drawing, so that it looks the same wherever it is shown. */
export function chartStyle(): string {
  return `${shapes()}${colours(LIGHT, 'light')}@media(prefers-color-scheme:dark){${colours(DARK, 'dark')}}`;
}

function shapes(): string {
  return [
    `.chart text{font:${FONT.label}px system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif}`,
    // a rim in the colour of the paper keeps a text readable where a line crosses it.
    '.chart text{paint-order:stroke;stroke-width:3px;stroke-linejoin:round}',
    `.chart .title{font-size:${FONT.title}px;font-weight:600}`,
    `.chart .heading{font-size:${FONT.heading}px;font-weight:600}.chart .unit{font-size:${FONT.label}px;font-weight:400}`,
    '.chart .end{text-anchor:end}.chart .middle{text-anchor:middle}',
    '.chart .grid,.chart .axis,.chart .line,.chart .marker,.chart .target,.chart .threshold{fill:none}',
    '.chart .line{stroke-width:1.75;stroke-linejoin:round}',
    '.chart .dashed{stroke-dasharray:6 3}.chart .dotted{stroke-dasharray:1.5 3}',
    '.chart .target{stroke-width:1.25;stroke-dasharray:7 3}.chart .threshold{stroke-width:1;stroke-dasharray:2 3}',
    '.chart .area{stroke:none;fill-opacity:.2}.chart .span{stroke:none;fill-opacity:.1}',
    '.chart .marker{stroke-width:1;stroke-opacity:.55}.chart .fault{stroke-dasharray:4 3;stroke-opacity:.9}',
    '.chart .deployment,.chart .change{stroke-dasharray:1 3;stroke-opacity:.9}.chart .faint{stroke-opacity:.18}',
    '.chart .symbol{stroke:none}',
  ].join('');
}

function colours({ paper, ink, muted, grid }: Surface, scheme: 'light' | 'dark'): string {
  const named = Object.keys(PALETTE) as Colour[];
  return [
    `.chart .paper{fill:${paper}}`,
    `.chart text{fill:${ink};stroke:${paper}}.chart .muted{fill:${muted}}`,
    `.chart .grid{stroke:${grid}}.chart .axis{stroke:${muted}}`,
    ...named.map((name) => {
      const colour = PALETTE[name][scheme];
      const strokes = ['line', 'marker', 'target', 'threshold'].map((shape) => `.chart .${shape}.${name}`).join();
      return `${strokes}{stroke:${colour}}.chart .area.${name},.chart .span.${name},.chart .symbol.${name},.chart .tinted.${name}{fill:${colour}}`;
    }),
  ].join('');
}
