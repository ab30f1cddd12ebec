import type { Command } from 'commander';
import { pathsGiven } from './path-option';
import { addTaskOptions, type TaskOptions, taskChoiceOf } from './task-options';
import type { TaskChoice } from './task-source';

/** What `check` was asked to do. */
export interface CheckArguments {
  readonly command: 'check';
  readonly task: TaskChoice;
  /** Left out: the search terms of the reference service, or `/`. */
  readonly paths?: readonly string[];
  /** Whether to wait for as long as a load balancer keeps an idle connection, and watch the memory meanwhile. */
  readonly isThorough: boolean;
  readonly json: boolean;
}

interface Options extends TaskOptions {
  readonly thorough?: boolean;
}

const HELP = `
One task runs on this machine, a process or a container, held to the CPU of its task size, for about half a minute: it is asked, kept
busy, sent nonsense, and told to stop. What a process cannot show is read from the template and the Dockerfile, or said not to have been
tried; with --runtime docker or podman the image itself is tried.
Exit code 1 where something failed; a warning is none. Needs Linux or macOS.

Examples:
  $ npx cdk-scalable-stateless-service check --app "npx tsx app.ts"
  $ npx cdk-scalable-stateless-service check --command "node server.js" --path /cart --set healthCheck.path=/ready
  $ npx cdk-scalable-stateless-service check --runtime docker --image shop:latest
  $ npx cdk-scalable-stateless-service check --template cdk.out/Shop.template.json --thorough --json`;

/** Adds the command `check`. */
export function addCheck(program: Command, take: (parsed: CheckArguments) => void): void {
  addTaskOptions(program.command('check'))
    .description('Starts one task and tries whether it is fit to stand behind a load balancer on ECS.')
    .option('--thorough', 'wait a minute for an idle connection, and watch the memory meanwhile')
    .addHelpText('after', HELP)
    .action((options: Options) => take(checkArguments(options)));
}

function checkArguments(options: Options): CheckArguments {
  return {
    command: 'check',
    task: taskChoiceOf(options),
    paths: pathsGiven(options),
    isThorough: options.thorough === true,
    json: options.json === true,
  };
}
