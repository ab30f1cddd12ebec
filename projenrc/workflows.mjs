// Checks the workflows of this repository and of the examples with actionlint, and the composite action as a workflow uses it. Without Go, or
// where its module proxy is out of reach, it says so.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ACTIONLINT = 'github.com/rhysd/actionlint/cmd/actionlint@v1.7.12';

/** How a workflow of this repository's users calls the action, with each kind of input. */
const USES_ACTION = `on: pull_request
jobs:
  gate:
    runs-on: ubuntu-latest
    permissions:
      contents: read
      pull-requests: write
    steps:
      - id: gate
        uses: ./forecast-gate
        with:
          arguments: --scenario evening.json --expect-failures 0
          working-directory: infrastructure
          artifact-name: shop
      - run: echo "$PICTURE"
        env:
          PICTURE: \${{ steps.gate.outputs.picture-url }}
`;

const folder = mkdtempSync(join(tmpdir(), 'workflows-'));
try {
  const { status, stderr } = spawnSync('go', ['install', ACTIONLINT], { encoding: 'utf8', env: { ...process.env, GOBIN: folder } });
  if (status === 0) process.exitCode = repositories().every(isSound) ? 0 : 1;
  else console.log(`skipped: checking workflows: actionlint cannot be built (${stderr?.trim().split('\n').at(-1) ?? 'go is missing'})`);
} finally {
  rmSync(folder, { recursive: true });
}

/** This repository, one for each example, and one that uses the action. */
function repositories() {
  const copied = readdirSync('examples')
    .filter((name) => existsSync(join('examples', name, '.github')))
    .map((name) => repositoryOf(name, (place) => cpSync(join('examples', name, '.github'), join(place, '.github'), { recursive: true })));
  const using = repositoryOf('action', (place) => {
    cpSync('forecast-gate', join(place, 'forecast-gate'), { recursive: true });
    mkdirSync(join(place, '.github/workflows'), { recursive: true });
    writeFileSync(join(place, '.github/workflows/gate.yml'), USES_ACTION);
  });
  return ['.', ...copied, using];
}

/** A path such as `./.github/workflows/emulator.yml` is one from the root of a repository. */
function repositoryOf(name, fill) {
  const place = join(folder, name);
  mkdirSync(join(place, '.git'), { recursive: true });
  fill(place);
  return place;
}

function isSound(place) {
  const workflows = readdirSync(join(place, '.github/workflows')).map((name) => join('.github/workflows', name));
  // without shellcheck, which some machines have: projen writes scripts that it warns of.
  const options = ['-no-color', '-shellcheck='];
  const { status, stdout } = spawnSync(join(folder, 'actionlint'), [...options, ...workflows], { cwd: place, encoding: 'utf8' });
  console.log(
    status === 0
      ? `${workflows.length} workflows are sound in ${place === '.' ? 'this repository' : place.slice(folder.length + 1)}`
      : stdout,
  );
  return status === 0;
}
