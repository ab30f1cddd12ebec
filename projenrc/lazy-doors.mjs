// Makes the files through which a forecast is reached load what they need when they need it: an app that only deploys does not
// load a simulation. The compiler writes each import as `const name_1 = require("./file")` and each use as `name_1.member`.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const LIB = 'lib';
const REQUIRE = /^(?:const|var) (\w+_\d+) = require\(("\.[^"]+")\);$/gm;

const forecasting = readdirSync(join(LIB, 'forecasting')).map((file) => join('forecasting', file));
const doors = ['index.js', 'scalable-stateless-service.js', ...forecasting.filter((file) => file.endsWith('.js'))];

for (const door of doors) {
  const path = join(LIB, door);
  const text = readFileSync(path, 'utf8');
  const names = [...text.matchAll(REQUIRE)].map(([, name]) => name);
  // a getter and not a function, as `new name_1().Member()` would be something else. `require` keeps what it has loaded.
  const lazy = text.replace(REQUIRE, 'const $1 = { get loaded() { return require($2); } };');
  const used = names.reduce((rest, name) => rest.replaceAll(new RegExp(`\\b${name}\\.`, 'g'), `${name}.loaded.`), lazy);
  if (used !== text) writeFileSync(path, used);
}
