import { EventEmitter, once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { loadCatalogue } from '../../src/catalogue/catalogue-source.js';
import type { Product } from '../../src/catalogue/product.js';
import { RunningService } from '../running-service.js';
import { someServer } from '../some-server.js';

const PRODUCTS: Product[] = [
  { id: 7, name: 'Lamp 1', category: 'Home', description: 'Bright, "very"', brand: 'Lumen' },
  { id: 8, name: 'Lamp 2', category: 'Home', description: 'Bright, "very"', brand: 'Lumen' },
  { id: 9, name: 'Lamp 007', category: 'Büro', description: 'Two\nlines', brand: 'Lumen' },
];
const quoted = (text: unknown) => `"${String(text).replaceAll('"', '""')}"`;
const CSV = `id,name,category,description,brand\r\n${PRODUCTS.map((each) => Object.values(each).map(quoted).join(',')).join('\r\n')}\r\n`;
const NDJSON = PRODUCTS.map((each) => JSON.stringify(each)).join('\n');

async function fileOf(format: 'csv' | 'ndjson', text: string | Buffer): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'catalogue-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, `products.${format}`), text);
  return join(folder, `products.${format}`);
}

async function load(format: 'csv' | 'ndjson', text: string | Buffer) {
  const path = await fileOf(format, text);
  const catalogue = await loadCatalogue({ kind: 'file', path, format });
  return { catalogue, products: Array.from({ length: catalogue.size }, (_, place) => catalogue.product(place)) };
}

test.each([
  ['csv', CSV],
  ['csv', `\ufeff${CSV}`],
  ['ndjson', NDJSON],
  ['ndjson', `\ufeff${NDJSON}`],
  ['ndjson', `\n${NDJSON.replaceAll('\n', '\r\n\r\n')}\n`],
] as const)('a file of %s gives its products as they are', async (format, text) => {
  const { catalogue, products } = await load(format, text);
  expect(products).toEqual(PRODUCTS);
  expect(catalogue.lines).toHaveLength(2);
});

const GOOD = '{"id":1,"name":"n","category":"c","description":"d","brand":"b"}';
const HEAD = 'id,name,category,description,brand';

describe('a catalogue with a bad line', () => {
  test.each([
    ['ndjson', `${GOOD}\n{"id":1`, 'line 2: a product must be valid JSON, got \'{"id":1\''],
    ['ndjson', `${GOOD}\n7`, 'line 2: a product must be a JSON object, got 7'],
    ['ndjson', `${GOOD}\n${GOOD.replace('"n"', '""')}`, "line 2: name must be a text of 1 to 200 characters, got ''"],
    [
      'ndjson',
      `\n${GOOD.replace('1', '-1').replace('"b"', '5')}`,
      'line 2: id must be a whole number from 0 to 4294967294, got -1; brand must be a text of 1 to 100 characters, got 5',
    ],
    ['ndjson', GOOD.replace(',"brand":"b"', ''), 'line 1: brand must be a text of 1 to 100 characters, got nothing'],
    ['csv', `${HEAD}\n1,n,c,d,b\nx,n,c,d,b`, "line 3: id must be a whole number from 0 to 4294967294, got 'x'"],
    ['csv', `${HEAD}\n1,n,c,d`, 'on line 2'],
    ['csv', 'id,name\n1,n', 'line 2: category must be a text of 1 to 100 characters, got nothing'],
    ['ndjson', `${GOOD}\n\n${GOOD.replace('1', '2')}\n${GOOD}`, 'line 4: id must be one that no other product has, got 1 as in line 1'],
    ['csv', `${HEAD}\n7,n,c,d,b\n7,m,c,d,b`, 'line 3: id must be one that no other product has, got 7 as in line 2'],
    ['ndjson', `${GOOD}\n{"name":"${'x'.repeat(2_000_000)}`, 'line 2: a line must have at most 1000000 bytes, got more'],
    ['csv', `${HEAD}\n1,"${'x\n'.repeat(100_000)}`, 'exceed the maximum number of tolerated bytes of 100000'],
    ['ndjson', Buffer.from(`${GOOD}\n${GOOD.replace('"n"', '"Crème"')}\n`, 'latin1'), 'line 2: a line must be UTF-8, got other bytes'],
    ['csv', Buffer.from(`${HEAD}\n1,n,c,d,b\n2,Crème,c,d,b`, 'latin1'), 'line 3: a line must be UTF-8, got other bytes'],
    ['csv', Buffer.from(`\ufeff${CSV}`, 'utf16le'), 'line 1: a line must be UTF-8, got other bytes'],
    ['csv', HEAD, 'a catalogue must hold at least one product, got none'],
    ['ndjson', '', 'a catalogue must hold at least one product, got none'],
  ] as const)('of %s %j is rejected with the line and the field', async (format, text, message) => {
    await expect(load(format, text)).rejects.toThrow(message);
  });

  test('stops the start with one line', async () => {
    const path = await fileOf('ndjson', `${GOOD}\n{}`);
    const service = new RunningService({ CATALOGUE_SOURCE: path });
    expect(await service.exitCode).toBe(1);
    expect(await service.errorOutput).toMatch(
      new RegExp(`^${path}: line 2: id must be a whole number from 0 to 4294967294, got nothing; name`),
    );
  });
});

test('a file is read to its last letter, wherever its bytes are cut', async () => {
  const products = Array.from({ length: 3000 }, (_, index) => ({ ...PRODUCTS[2], id: index, description: `${'ü'.repeat(index % 50)}木` }));
  for (const [format, text] of [
    ['ndjson', products.map((each) => JSON.stringify(each)).join('\n')],
    [
      'csv',
      `${HEAD}\n${products.map(({ id, name, category, description, brand }) => [id, name, category, description, brand].join()).join('\n')}`,
    ],
  ] as const) {
    expect((await load(format, text)).products).toEqual(products);
  }
});

test('a folder is named', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'catalogue.csv'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await expect(loadCatalogue({ kind: 'file', path: folder, format: 'csv' })).rejects.toThrow(
    `${folder}: the catalogue must be readable, got Error: EISDIR`,
  );
});

test('a file that is not there is named', async () => {
  await expect(loadCatalogue({ kind: 'file', path: '/nowhere.csv', format: 'csv' })).rejects.toThrow(
    '/nowhere.csv: the catalogue must be readable, got Error: ENOENT',
  );
});

describe('an object of S3', () => {
  const environment = {
    AWS_ACCESS_KEY_ID: 'a',
    AWS_SECRET_ACCESS_KEY: 'b',
    AWS_REGION: 'eu-west-1',
    CATALOGUE_SOURCE: 's3://shop/all/products.csv',
  };

  test('is read at the start', async () => {
    const asked: unknown[] = [];
    const endpoint = await someServer(({ url, headers }, response) => {
      asked.push(url?.split('?')[0], headers.authorization?.split(' ')[0]);
      response.end(CSV);
    });
    const service = new RunningService({ ...environment, AWS_ENDPOINT_URL: endpoint });
    expect(await (await service.fetch('/products/search?q=007')).json()).toMatchObject({ products: [PRODUCTS[2]] });
    expect(asked).toEqual(['/shop/all/products.csv', 'AWS4-HMAC-SHA256']);
  });

  test('that is not there is named', async () => {
    const endpoint = await someServer((_request, response) => response.writeHead(404).end('<Error><Code>NoSuchKey</Code></Error>'));
    const service = new RunningService({ ...environment, AWS_ENDPOINT_URL: endpoint });
    expect(await service.exitCode).toBe(1);
    expect(await service.errorOutput).toContain('s3://shop/all/products.csv: the catalogue must be readable, got NoSuchKey');
  });

  test.each([
    ['never begins', () => undefined, /got TimeoutError: /],
    ['stops in the middle', (_request, response) => response.write(CSV.slice(0, 50)), /got Error: nothing was received for 1 s/],
  ] as [string, RequestListener, RegExp][])('that %s is waited for no longer than it may keep still', async (_title, listener, message) => {
    const endpoint = await someServer(listener);
    const service = new RunningService({ ...environment, AWS_ENDPOINT_URL: endpoint, CATALOGUE_SILENCE_SECONDS: '1' });
    expect(await service.exitCode).toBe(1);
    expect(await service.errorOutput).toMatch(message);
    expect(service.lines).toMatchObject([{ msg: 'Loading the catalogue', source: 's3://shop/all/products.csv' }]);
  });

  test('that takes long does not keep the service from stopping', async () => {
    const arrivals = new EventEmitter();
    const asked = once(arrivals, 'request');
    const endpoint = await someServer(() => void arrivals.emit('request'));
    const service = new RunningService({ ...environment, AWS_ENDPOINT_URL: endpoint });
    await asked;
    service.signal('SIGTERM');
    expect(await service.exitCode).toBe(0);
  });
});
