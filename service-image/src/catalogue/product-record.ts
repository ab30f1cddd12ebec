import { validationError } from '../validation-error.js';
import { MAX_ID, type Product } from './product.js';

const TEXTS = ['name', 'category', 'description', 'brand'] as const;
const MAX_LENGTH = { name: 200, category: 100, description: 2000, brand: 100 } as const;

/** Checks one product of a file; returns one message for each broken rule. */
export function productErrors(record: Readonly<Record<string, unknown>>): string[] {
  const texts = TEXTS.filter((field) => !isText(record[field], MAX_LENGTH[field]));
  const errors = texts.map((field) => validationError(field, `be a text of 1 to ${MAX_LENGTH[field]} characters`, record[field]));
  return isId(record['id']) ? errors : [validationError('id', `be a whole number from 0 to ${MAX_ID}`, record['id']), ...errors];
}

/** A valid record as a product; in CSV every field is text. */
export function toProduct(record: Readonly<Record<string, unknown>>): Product {
  return { ...(record as unknown as Product), id: Number(record['id']) };
}

function isText(value: unknown, maxLength: number): boolean {
  return typeof value === 'string' && value.length >= 1 && value.length <= maxLength;
}

function isId(value: unknown): boolean {
  return /^\d{1,10}$/.test(String(value)) && ['number', 'string'].includes(typeof value) && Number(value) <= MAX_ID;
}
