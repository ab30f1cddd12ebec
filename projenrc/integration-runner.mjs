// Runs integ-runner with the given arguments. Where nothing is deployed, its output is not the result of a test: integ-runner prints `SUCCESS`
// and `1 passed` for a dry run, and `passed` for a comparison that leaves out assertions, stack names, Regions and tags.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

const given = process.argv.slice(2);
// a snapshot with other assertions alone is unchanged to integ-runner: without `--force` it would not accept it.
const args = given.includes('--dry-run') ? [...given, '--force'] : given;
const isDeploying = args.includes('--update-on-failed') && !args.includes('--dry-run');
const runner = spawn('integ-runner', args, {
  stdio: isDeploying ? 'inherit' : ['inherit', 'pipe', 'pipe'],
  shell: process.platform === 'win32',
  // a stack trace in a snapshot has the paths of a machine.
  env: { ...process.env, CDK_DISABLE_STACK_TRACE: '1' },
});

let accepted = 0;

/** The tests whose snapshots differ: of a dry run that is what they are accepted for, and no failure. */
const changed = [];

/** Whether integ-runner ends with an error because a changed snapshot, which was accepted, would replace resources. */
let isReplacing = false;

/** Whether the summary of the tests, after that of the comparison, has a test that failed, such as one that is not synthesized. */
let hasFailed = false;
let isInTestResults = false;

/** A line of integ-runner as what it means when nothing is deployed; undefined for one that means nothing then. */
function withoutDeployment(line) {
  const success = /^\s*SUCCESS\s+(\S+)-[^-/]+\//.exec(line);
  if (success) {
    accepted += 1;
    return `  ACCEPTED   ${success[1]}: not deployed, no assertion was made`;
  }
  if (/^Test Results:/.test(line)) isInTestResults = true;
  if (/^Test Results:|^Running (integration tests|in parallel|test )/.test(line)) return undefined;
  return args.includes('--dry-run') ? ofDryRun(line) : withoutAssertions(line);
}

/** A line of a dry run. */
function ofDryRun(line) {
  if (!isInTestResults) return ofAcceptedDifference(line);
  if (/^Tests:\s+\d+ failed/.test(line)) hasFailed = true;
  if (/^Tests:\s+\d+ passed/.test(line) && accepted > 0) return undefined;
  if (/Some changes were destructive!/.test(line)) {
    isReplacing = true;
    return '  An update of what was deployed from the snapshot before would replace the resources above.';
  }
  // a frame of integ-runner below the reason for which it ends.
  return isReplacing && /^\s+at .*integ-runner/.test(line) ? undefined : withoutAssertions(line);
}

/** A line of the comparison with snapshots before they are accepted: a test whose snapshot differs has not failed. */
function ofAcceptedDifference(line) {
  const different = /^Failed: (.*)$/.exec(line);
  if (different) changed.push(different[1]);
  return different || /^Tests:\s+\d+ failed/.test(line) ? undefined : withoutAssertions(line);
}

function withoutAssertions(line) {
  return line.replace(/^Tests:(\s+)(\d+) passed/, 'Templates:$1$2 with the resources of their snapshots');
}

for (const [from, to] of isDeploying
  ? []
  : [
      [runner.stdout, process.stdout],
      [runner.stderr, process.stderr],
    ])
  createInterface({ input: from }).on('line', (line) => {
    const text = withoutDeployment(line);
    if (text !== undefined) to.write(`${text}\n`);
  });

runner.on('close', (code) => {
  process.exitCode = isReplacing && !hasFailed ? 0 : (code ?? 1);
  if (isDeploying) return;
  for (const file of changed) console.log(`changed: ${file}`);
  console.log(summary());
});

/** What has happened, and what to do where a test has failed. */
function summary() {
  const written = accepted === 1 ? '1 snapshot was' : `${accepted} snapshots were`;
  const isFailed = process.exitCode !== 0 && args.includes('--dry-run');
  const failure = isFailed
    ? ' A test could not be synthesized, and its snapshot is the one before: mend the test, and run this again.'
    : '';
  if (!args.includes('--dry-run')) return 'Nothing was deployed: no assertion was made.';
  return `${written} written, ${changed.length} of them changed. Nothing was deployed: no test has passed.${failure}`;
}
