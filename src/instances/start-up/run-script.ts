import { commandLine, quoted } from './shell';
import { type ContainerOfInstance, HOST_PORT, type ProgramOfInstance, SETTINGS_FOLDER, type TaskSettings } from './task-settings';

/** Where the output of a program is written, before the CloudWatch agent sends it. */
export const PROGRAM_LOG = '/var/log/task.log';

/** The path of the script that runs the container or the program in the foreground. */
export const RUN_SCRIPT = '/usr/local/bin/run-task';

/** The name of the container. */
const NAME = 'task';

/** The script that runs the container or the program in the foreground, until it ends. */
export function runScript(settings: TaskSettings): string[] {
  return [
    '#!/bin/bash',
    'set -euo pipefail',
    ...(settings.runs.kind === 'container' ? containerLines(settings.runs, settings) : programLines(settings.runs, settings)),
  ];
}

function containerLines(container: ContainerOfInstance, settings: TaskSettings): string[] {
  const options = [
    `--name ${NAME} --rm`,
    `--publish ${HOST_PORT}:${container.port}`,
    ...healthCheckOptions(container),
    `--env-file ${SETTINGS_FOLDER}/environment`,
    `--stop-timeout ${settings.stopTimeoutSeconds}`,
    '--security-opt no-new-privileges',
    ...(container.hasInitProcess ? ['--init'] : []),
    ...(container.isReadOnly ? ['--read-only'] : []),
    ...(container.dropsCapabilities ? ['--cap-drop ALL'] : []),
    ...container.writableDirectories.map((directory) => `--volume ${quoted(directory)}`),
    ...(container.user === undefined ? [] : [`--user ${quoted(container.user)}`]),
    ...(settings.workingDirectory === undefined ? [] : [`--workdir ${quoted(settings.workingDirectory)}`]),
    `--log-driver awslogs --log-opt mode=non-blocking --log-opt awslogs-region=${settings.region}`,
    `--log-opt awslogs-group=${quoted(settings.logGroupName)} --log-opt awslogs-stream="task/$INSTANCE_ID"`,
  ];
  const [entryPoint, ...rest] = container.entryPoint;
  const image = [quoted(container.image), commandLine([...rest, ...container.command])].filter((part) => part !== '').join(' ');
  return [
    `. ${SETTINGS_FOLDER}/instance`,
    `docker rm --force ${NAME} >/dev/null 2>&1 || true`,
    'exec docker run \\',
    ...[...options, ...(entryPoint === undefined ? [] : [`--entrypoint ${quoted(entryPoint)}`])].map((option) => `  ${option} \\`),
    `  ${image}`,
  ];
}

/** A port of the instance is forwarded once: that of the requests already is. */
function healthCheckOptions({ healthCheckPort: port }: ContainerOfInstance): string[] {
  return port === undefined || port === String(HOST_PORT) ? [] : [`--publish ${port}:${port}`];
}

function programLines({ commandLine: line }: ProgramOfInstance, { environment, workingDirectory = '/' }: TaskSettings): string[] {
  const variables = Object.entries(environment).map(([name, value]) => `export ${name}=${quoted(value)}`);
  return [...variables, `cd ${quoted(workingDirectory)}`, `exec ${line}`];
}
