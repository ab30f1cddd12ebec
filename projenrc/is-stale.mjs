// Exits 0 when the first path is missing or older than any of the others, folders read through; 1 when it is up to date.
import { readdirSync, statSync } from 'node:fs';

const [output, ...inputs] = process.argv.slice(2);

/** A folder's own time counts too: it moves when a file in it is removed. */
function newest(path) {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) return 0;
  const below = found.isDirectory() ? readdirSync(path).map((name) => newest(`${path}/${name}`)) : [];
  return Math.max(found.mtimeMs, ...below);
}

const built = statSync(output, { throwIfNoEntry: false })?.mtimeMs ?? 0;
process.exit(Math.max(...inputs.map(newest)) > built || built === 0 ? 0 : 1);
