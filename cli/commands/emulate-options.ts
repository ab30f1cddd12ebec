import type { Command } from 'commander';
import { InputError, throwIfAny } from '../../src/parse/input-error';
import { collectRepeated } from '../options/repeated-option';
import { type RuntimeChoice, runtimeChoiceOf } from '../options/runtime-options';
import { parseSpeed, parseWholeNumber } from '../options/shared-options';

/** The arguments of `emulate`. */
export interface EmulateArguments {
  readonly command: 'emulate';
  readonly speed: number;
  /** The port of the endpoint; 0 takes any free one. */
  readonly port: number;
  readonly runtime: RuntimeChoice;
  /** The commands of the tasks of some families of task definitions. */
  readonly taskCommands: ReadonlyMap<string, string>;
  /** The commands of the tasks of some images. */
  readonly imageCommands: ReadonlyMap<string, string>;
}

interface Options {
  readonly speed?: string;
  readonly port?: string;
  readonly runtime?: string;
  readonly quota?: string;
  readonly command?: string;
  readonly taskCommand?: readonly string[];
  readonly imageCommand?: readonly string[];
}

const HELP = `
Prints variables to paste into another shell, in which cdk deploy, integ-runner, the AWS CLI and the SDKs then work without an account.
ECS services behind an Application Load Balancer run: tasks are processes on this machine, or containers of docker or podman, under the CPU quota of their
task size; they answer on the DNS name of the load balancer, and scale, deploy, fail and are replaced as on AWS. Ctrl-C ends all of it.
Needs Python 3.10 or later, and Linux, or macOS with --runtime docker or podman. What it does not do is in docs/emulate.md.

Examples:
  $ npx ecs-rehearsal emulate --speed 20
  $ npx ecs-rehearsal emulate --task-command "web=node server.js" --port 4566`;

/** Adds the command `emulate`. */
export function addEmulate(program: Command, onParsed: (parsed: EmulateArguments) => void): void {
  program
    .command('emulate')
    .description('Start an AWS endpoint on this machine to which apps are deployed, and on which their ECS services run and scale.')
    .option('--speed <factor>', 'how many times faster the time of AWS passes, 1 to 60 (default: 20)')
    .option('--port <port>', 'port of the endpoint, 0 for any free port (default: 0)')
    .option('--runtime <kind>', 'how a task runs: process, docker, podman (default: process)')
    .option('--command <command>', 'the command that starts a task (default: the CMD of the Dockerfile of its image)')
    .option(
      '--task-command <family=command>',
      'the command that starts a task of one family of task definitions, such as "web=node server.js"; repeatable',
      collectRepeated,
    )
    .option(
      '--image-command <image=command>',
      'the command that starts a task of one image, with or without its tag, such as "public.ecr.aws/nginx/nginx=node server.js"; repeatable',
      collectRepeated,
    )
    .option('--quota <method>', 'how the CPU of a process is limited: auto, cgroup, sigstop (default: auto)')
    .allowExcessArguments(false)
    .addHelpText('after', HELP)
    .action((options: Options) => onParsed(emulateArguments(options)));
}

function emulateArguments({ speed, port, taskCommand = [], imageCommand = [], ...runtimeOptions }: Options): EmulateArguments {
  const command = runtimeOptions.command === undefined ? [] : [runtimeOptions.command];
  const given = { '--command': command, '--task-command': taskCommand, '--image-command': imageCommand };
  throwIfAny(
    Object.entries(given).flatMap(([option, [first]]) =>
      first === undefined || !startsImages(runtimeOptions.runtime)
        ? []
        : [`${option} must go with --runtime process, got '${first}' with ${runtimeOptions.runtime}, which starts an image`],
    ),
  );
  return {
    command: 'emulate',
    speed: parseSpeed(speed ?? '20'),
    port: parseWholeNumber('--port', port ?? '0', 0, 65_535),
    runtime: runtimeChoiceOf(runtimeOptions),
    taskCommands: new Map(taskCommand.map(readTaskCommand)),
    imageCommands: new Map(imageCommand.map(readImageCommand)),
  };
}

function startsImages(runtime: string | undefined): boolean {
  return runtime === 'docker' || runtime === 'podman';
}

function readTaskCommand(given: string): readonly [string, string] {
  const [, family, command] = /^([\w-]+)=(.*\S.*)$/s.exec(given) ?? [];
  if (family === undefined || command === undefined) {
    throw new InputError([
      `--task-command must be a family of task definitions and a command, such as 'web=node server.js', got '${given}'`,
    ]);
  }
  return [family, command];
}

function readImageCommand(given: string): readonly [string, string] {
  const [, image, command] = /^([^\s=]+)=(.*\S.*)$/s.exec(given) ?? [];
  if (image === undefined || command === undefined) {
    throw new InputError([
      `--image-command must be the name of an image and a command, such as 'public.ecr.aws/nginx/nginx=node server.js', got '${given}'`,
    ]);
  }
  return [image, command];
}
