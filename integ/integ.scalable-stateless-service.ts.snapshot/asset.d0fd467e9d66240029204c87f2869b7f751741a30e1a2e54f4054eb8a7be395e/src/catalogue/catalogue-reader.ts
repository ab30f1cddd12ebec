import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { mistake } from '../mistake.js';
import type { Catalogue } from './catalogue.js';
import { CatalogueBuilder } from './catalogue-builder.js';
import { CatalogueError } from './catalogue-error.js';
import { productMistakes, toProduct } from './product-record.js';

/** How the products are written: one JSON object in each line, or a table with the names of its columns in the first. */
export type CatalogueFormat = 'ndjson' | 'csv';

interface Row {
  readonly line: number;
  readonly record: unknown;
}

/** As many as may be generated. */
const MAX_PRODUCTS = 1_000_000;

/** Reads a catalogue, or fails with the first line that is wrong and every field that is wrong in it. */
export async function readCatalogue(source: Readable, format: CatalogueFormat, name: string): Promise<Catalogue> {
  const builder = new CatalogueBuilder();
  try {
    for await (const { line, record } of format === 'csv' ? csvRows(source) : jsonRows(source)) addRow(builder, line, record);
  } catch (error) {
    throw new CatalogueError(`${name}: ${(error as Error).message}`, { cause: error });
  }
  if (builder.size === 0) throw new CatalogueError(`${name}: a catalogue must hold at least one product, got none`);
  return builder.build();
}

function addRow(builder: CatalogueBuilder, line: number, record: unknown): void {
  if (typeof record !== 'object' || record === null) throw new Error(`line ${line}: ${mistake('a product', 'be a JSON object', record)}`);
  const mistakes = productMistakes(record as Record<string, unknown>);
  if (mistakes.length > 0) throw new Error(`line ${line}: ${mistakes.join('; ')}`);
  if (builder.size === MAX_PRODUCTS) throw new Error(`line ${line}: a catalogue must hold at most ${MAX_PRODUCTS} products, got more`);
  builder.add(toProduct(record as Record<string, unknown>));
}

async function* jsonRows(source: Readable): AsyncGenerator<Row> {
  let line = 0;
  for await (const text of createInterface({ input: source, crlfDelay: Number.POSITIVE_INFINITY })) {
    line++;
    if (text.trim() !== '') yield { line, record: parseJson(text, line) };
  }
}

function parseJson(text: string, line: number): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`line ${line}: ${mistake('a product', 'be valid JSON', text)}`);
  }
}

async function* csvRows(source: Readable): AsyncGenerator<Row> {
  const rows = parse({ columns: true, bom: true, info: true, skip_empty_lines: true });
  // an error of the source must reach whoever reads the rows.
  source.on('error', (error) => rows.destroy(error)).pipe(rows);
  for await (const { info, record } of rows) yield { line: info.lines, record };
}
