import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { librariesOf } from '../../../cli/check/server-evidence';

/** A folder with files of the given texts. */
function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'evidence-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text, 'latin1');
  }
  return folder;
}

test('a Python server has the packages of the environment that it runs from', () => {
  const folder = folderWith({ 'bin/uvicorn': '', 'lib/python3.12/site-packages/uvicorn-0.54.0.dist-info/METADATA': '' });
  expect([...librariesOf([{ words: ['python', 'bin/uvicorn', 'a:app'], workingDirectory: folder }])]).toEqual([['pypi:uvicorn', '0.54.0']]);
});

test('a server of Node.js has the dependencies of the nearest package.json, with the versions that are installed', () => {
  const folder = folderWith({
    'package.json': '{ "dependencies": { "fastify": "^5", "left-out": "1" } }',
    'node_modules/fastify/package.json': '{ "version": "5.12.8" }',
    'dist/server.js': '',
  });
  const libraries = librariesOf([{ words: ['node', 'dist/server.js'], workingDirectory: folder }]);
  expect(Object.fromEntries(libraries)).toEqual({ 'npm:fastify': '5.12.8', 'npm:left-out': '' });
});

test('a jar of Spring Boot has the libraries within it, with the version of Spring Boot', () => {
  const folder = folderWith({ 'app.jar': 'PK..BOOT-INF/lib/spring-boot-3.5.7.jar..PK..BOOT-INF/lib/tomcat-embed-core-10.1.48.jar..' });
  const libraries = librariesOf([{ words: ['java', '-jar', 'app.jar'], workingDirectory: folder }]);
  expect(libraries.get('maven:spring-boot+tomcat-embed-core')).toBe('3.5.7');
  expect(libraries.get('maven:tomcat-embed-core')).toBe('10.1.48');
});

test('a compiled program names its Go modules or its crates in its file, also across the parts that are read at once', () => {
  const padding = '\0'.repeat(4 * 2 ** 20 - 20);
  const folder = folderWith({
    go: '\xff Go buildinf:..\ndep\tgithub.com/gin-gonic/gin\tv1.12.0\th1:abc=',
    rust: `${padding}/registry/src/index.crates.io-1949cf8c/axum-0.8.9/src/serve.rs`,
  });
  const of = (program: string) =>
    Object.fromEntries(librariesOf([{ words: [program], workingDirectory: folder, programFile: join(folder, program) }]));
  expect(of('go')).toEqual({ 'go:std': '', 'go:github.com/gin-gonic/gin': '1.12.0' });
  expect(of('rust')).toEqual({ 'crates:axum': '0.8.9' });
});

test('a compiled program has the shared libraries that it has loaded, and an interpreter does not: others are loaded into it', () => {
  const sharedLibraries = ['/usr/lib/x86_64-linux-gnu/libmicrohttpd.so.12.61.0', '/usr/lib/libevent-2.1.so.7.0.1', '/lib/libc.so.6'];
  const of = (programFile: string) => librariesOf([{ words: ['server'], workingDirectory: '/', programFile, sharedLibraries }]);
  expect([...of('/srv/server').keys()]).toEqual(['so:libmicrohttpd', 'so:libevent', 'so:libc']);
  expect([...of('/usr/bin/python3').keys()]).toEqual([]);
});
