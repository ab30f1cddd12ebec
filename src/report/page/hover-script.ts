import { frameOf, WIDTH } from '../chart/chart-frame';
import type { Line, Panel } from '../chart/panel';
import { condensedLine } from '../chart/panel';
import { element } from '../markup';

/** One value for every second pixel. */
const STRIPS = 360;
const DECIMALS = 3;

/** Shows the values at the pointer. The rest of the page works without it. */
const SCRIPT = `
(() => {
  const data = JSON.parse(document.getElementById('values').textContent);
  const figure = document.querySelector('figure');
  const svg = figure.querySelector('svg');
  const box = document.createElement('div');
  box.className = 'values';
  box.hidden = true;
  figure.append(box);
  const cursor = document.createElementNS(svg.namespaceURI, 'line');
  cursor.setAttribute('class', 'cursor');
  svg.append(cursor);
  const clock = (s) => {
    const two = (n) => String(n).padStart(2, '0');
    const m = Math.floor(s / 60);
    return data.end <= 7200 ? m + ':' + two(Math.floor(s % 60)) : Math.floor(m / 60) + ':' + two(m % 60) + ' h';
  };
  const at = (points, s) => {
    let [low, high] = [0, points.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (points[middle][0] <= s) low = middle; else high = middle - 1;
    }
    const [one, two] = [points[low], points[low + 1]];
    if (!two || one[1] === null || two[1] === null || two[0] === one[0]) return one ? one[1] : null;
    return one[1] + ((two[1] - one[1]) * (s - one[0])) / (two[0] - one[0]);
  };
  svg.addEventListener('pointermove', (event) => {
    const area = svg.getBoundingClientRect();
    const x = ((event.clientX - area.left) / area.width) * data.width;
    const s = Math.min(data.end, Math.max(0, ((x - data.left) / (data.right - data.left)) * data.end));
    const place = data.left + (s / data.end) * (data.right - data.left);
    for (const [name, value] of [['x1', place], ['x2', place], ['y1', 0], ['y2', svg.viewBox.baseVal.height]]) cursor.setAttribute(name, value);
    const lines = data.series.map(([name, points]) => [name, at(points, s)]).filter(([, value]) => value !== null);
    box.textContent = [clock(s), ...lines.map(([name, value]) => name + '  ' + Number(value.toPrecision(4)))].join('\\n');
    box.hidden = false;
    const left = event.clientX - area.left;
    box.style.left = (left > area.width / 2 ? left - box.offsetWidth - 14 : left + 14) + 'px';
    box.style.top = Math.max(0, event.clientY - area.top - box.offsetHeight / 2) + 'px';
    cursor.style.display = '';
  });
  svg.addEventListener('pointerleave', () => {
    box.hidden = true;
    cursor.style.display = 'none';
  });
})();
`.trim();

/** The values of the panels, and the script that shows those at the pointer. */
export function hoverScript(panels: readonly Panel[], endSeconds: number): string {
  const { left, right } = frameOf(endSeconds);
  const series = panels.flatMap((panel) =>
    panel.series.map(({ name, line }) => [panel.series.length === 1 ? panel.title : `${panel.title}, ${name}`, pointsOf(line)]),
  );
  const data = JSON.stringify({ width: WIDTH, left, right, end: endSeconds, series });
  // an unescaped `<` could end the script element.
  const embedded = data.replaceAll('<', '\\u003c');
  return element('script', { id: 'values', type: 'application/json' }, embedded) + element('script', {}, SCRIPT);
}

function pointsOf(line: Line): (number | null)[][] {
  return condensedLine(line, STRIPS).map(({ atSeconds, value }) => [rounded(atSeconds), value === undefined ? null : rounded(value)]);
}

function rounded(value: number): number {
  return Number(value.toFixed(DECIMALS));
}
