// Makes the files that lead to a forecast require their imports on first use: an app that only deploys does not
// load a simulation. The compiler writes each import as `const name_1 = require("./file")` and each use as `name_1.member`.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const LIB = 'lib';
const REQUIRE = /^(?:const|var) (\w+_\d+) = require\(("\.[^"]+")\);$/gm;

/**
 * The entry only re-exports. Node finds the names in it that an ES module may import, and knows no getter but `return name_1.member`; the
 * bundler leaves a method as it is, and wraps a function that is a value.
 */
function withLazyEntry(text) {
  const lazy = text.replace(REQUIRE, 'const $1 = new Proxy({}, { get: (_, name) => require($2)[name] });');
  return lazy.replaceAll('get: function () {', 'get() {');
}

/** A getter and not a function, as `new name_1().Member()` would be something else. `require` caches what it has loaded. */
function withLazyUses(text) {
  const names = [...text.matchAll(REQUIRE)].map(([, name]) => name);
  const lazy = text.replace(REQUIRE, 'const $1 = { get loaded() { return require($2); } };');
  return names.reduce((rest, name) => rest.replaceAll(new RegExp(`\\b${name}\\.`, 'g'), `${name}.loaded.`), lazy);
}

function rewrite(file, change) {
  const path = join(LIB, file);
  const text = readFileSync(path, 'utf8');
  const changed = change(text);
  if (changed !== text) writeFileSync(path, changed);
}

const api = readdirSync(join(LIB, 'api')).map((file) => join('api', file));
rewrite('index.js', withLazyEntry);
for (const file of ['scalable-stateless-service.js', ...api.filter((name) => name.endsWith('.js'))]) rewrite(file, withLazyUses);
