import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { validationError } from '../validation-error.js';
import type { Catalogue } from './catalogue.js';
import { CatalogueBuilder } from './catalogue-builder.js';
import { CatalogueError } from './catalogue-error.js';
import { productErrors, toProduct } from './product-record.js';
import { type Lines, wholeLines } from './whole-lines.js';

/** How the products are written: one JSON object in each line, or a table with the names of its columns in the first. */
export type CatalogueFormat = 'ndjson' | 'csv';

interface Row {
  readonly line: number;
  readonly record: unknown;
}

/** As many as may be generated. */
const MAX_PRODUCTS = 1_000_000;

/** Many times the largest product: what is longer is a quote that was never closed. */
const MAX_ROW_BYTES = 100_000;

/** Reads a catalogue, or throws with the first invalid line and all its validation errors. */
export async function readCatalogue(source: AsyncIterable<Buffer>, format: CatalogueFormat): Promise<Catalogue> {
  const builder = new CatalogueBuilder();
  const lines = wholeLines(source);
  for await (const { line, record } of format === 'csv' ? csvRows(lines) : jsonRows(lines)) addRow(builder, line, record);
  if (builder.size === 0) throw new CatalogueError('a catalogue must hold at least one product, got none');
  return builder.build();
}

function addRow(builder: CatalogueBuilder, line: number, record: unknown): void {
  if (typeof record !== 'object' || record === null) throw badLine(line, validationError('a product', 'be a JSON object', record));
  const errors = productErrors(record as Record<string, unknown>);
  if (errors.length > 0) throw badLine(line, errors.join('; '));
  if (builder.size === MAX_PRODUCTS) throw badLine(line, `a catalogue must hold at most ${MAX_PRODUCTS} products, got more`);
  builder.add(toProduct(record as Record<string, unknown>), line);
}

function badLine(line: number, message: string): CatalogueError {
  return new CatalogueError(`line ${line}: ${message}`);
}

async function* jsonRows(blocks: AsyncIterable<Lines>): AsyncGenerator<Row> {
  for await (const { first, text } of blocks) {
    for (const [index, each] of text.split('\n').entries()) {
      if (each.trim() !== '') yield { line: first + index, record: parseJson(each, first + index) };
    }
  }
}

function parseJson(text: string, line: number): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw badLine(line, validationError('a product', 'be valid JSON', text));
  }
}

async function* csvRows(blocks: AsyncIterable<Lines>): AsyncGenerator<Row> {
  const rows = parse({ columns: true, info: true, skip_empty_lines: true, max_record_size: MAX_ROW_BYTES });
  // an error of the source must reach the reader of the rows.
  Readable.from(textsOf(blocks))
    .on('error', (error) => rows.destroy(error))
    .pipe(rows);
  try {
    for await (const { info, record } of rows) yield { line: info.lines, record };
  } catch (error) {
    throw error instanceof CsvError ? new CatalogueError(error.message, { cause: error }) : error;
  }
}

async function* textsOf(blocks: AsyncIterable<Lines>): AsyncGenerator<string> {
  for await (const { text } of blocks) yield text;
}
