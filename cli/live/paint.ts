import { styleText } from 'node:util';
import type { Line, Tone } from './span';

type Format = Parameters<typeof styleText>[0];

/** The sixteen colours that every terminal has, which its owner has chosen to be readable. */
const FORMATS: Readonly<Record<Tone, Format | undefined>> = {
  plain: undefined,
  strong: 'bold',
  faint: 'gray',
  link: 'cyan',
  calm: 'blue',
  good: 'green',
  busy: 'cyan',
  warning: 'yellow',
  bad: 'red',
  'good badge': ['green', 'bold'],
  'busy badge': ['inverse', 'cyan', 'bold'],
  'warning badge': ['inverse', 'yellow', 'bold'],
  'bad badge': ['inverse', 'red', 'bold'],
};

/** A line as it is written to a terminal. */
export function paint(line: Line, hasColours: boolean): string {
  return line.map(({ text, tone }) => (hasColours ? painted(text, FORMATS[tone]) : text)).join('');
}

function painted(text: string, format: Format | undefined): string {
  return format === undefined ? text : styleText(format, text, { validateStream: false });
}
