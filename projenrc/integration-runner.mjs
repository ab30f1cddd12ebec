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
  if (/Some changes were destructive!/.test(line) && args.includes('--dry-run')) {
    isReplacing = true;
    return '  An update of what was deployed from the snapshot before would replace the resources above.';
  }
  if (/^Test Results:/.test(line)) isInTestResults = true;
  if (isInTestResults && /^Tests:\s+\d+ failed/.test(line)) hasFailed = true;
  if (/^Test Results:|^Running (integration tests|in parallel|test )/.test(line)) return undefined;
  if (/^Tests:\s+\d+ passed/.test(line) && args.includes('--dry-run') && accepted > 0) return undefined;
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
  if (!isDeploying)
    console.log(
      accepted > 0
        ? `${accepted} snapshots accepted. Nothing was deployed: no test has passed.`
        : 'Nothing was deployed: no assertion was made.',
    );
});
