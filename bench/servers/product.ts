import type { CheckStatus } from '../../cli/check/check-result';
import { CHECKS, checkTask } from '../../cli/check/check-task';
import { ProcessRuntime } from '../../rehearsal/task-runtime/process/process-runtime';
import { DEFAULT_PLAN } from '../../src/plan/default-service-plan';
import type { Recipe } from './recipe';
import { serverCommand } from './running-server';

/** The checks that the probe can be compared with, and those that they need. */
const COMPARED = [
  'listens on its port',
  'becomes healthy within the grace period',
  'is a known server',
  'responds to requests',
  'accepts long headers',
  'keeps idle connections open',
  'completes requests when stopped',
  'closes connections when stopped',
  'exits within the stop timeout',
  'ends as process 1',
  'is stopped by the right signal',
];

/** The result of a check by its name. */
export type Verdicts = ReadonlyMap<string, { readonly status: CheckStatus; readonly reason: string; readonly fix?: string }>;

/** Runs the compared checks of the command `check` on a server, as `--thorough` does. Without an init process, as ECS runs it by default. */
export async function verdicts(recipe: Recipe, folder: string, upstreamPort: number, isAdvised: boolean): Promise<Verdicts> {
  // a process gets its port by a variable, so the words and the files of each copy are written by a shell, with the port that it got.
  const port = '__PORT__';
  const { words, workingDirectory, environment, stopSignal } = serverCommand(recipe, folder, port, upstreamPort, isAdvised);
  const copies = Object.keys(recipe.files ?? {}).map((name) => {
    const file = `${folder}/${name.replaceAll('$PORT', port)}`;
    return `sed "s/${port}/$PORT/g" ${file} > "$(echo ${file} | sed "s/${port}/$PORT/")"`;
  });
  const quoted = words.map((word) => `'${word.replaceAll("'", `'\\''`)}'`.replaceAll(port, `'"$PORT"'`)).join(' ');
  const command = {
    program: 'sh',
    arguments: ['-c', [...copies, `exec ${quoted}`].join(' && ')],
    workingDirectory,
    environment: { PYTHONDONTWRITEBYTECODE: '1', ...environment },
    stopSignal,
  };
  const { healthCheckPath = DEFAULT_PLAN.healthCheck.path, hasSlowPath = true } = recipe;
  const plan = {
    ...DEFAULT_PLAN,
    task: { cpu: 512, memoryMiB: 1024 },
    container: { ...DEFAULT_PLAN.container, stopTimeoutSeconds: 35 },
    healthCheck: { ...DEFAULT_PLAN.healthCheck, path: healthCheckPath },
    deployment: { ...DEFAULT_PLAN.deployment, healthCheckGracePeriodSeconds: 120 },
  };
  const runtime = await ProcessRuntime.start(command, plan.task);
  try {
    const options = {
      plan,
      paths: [hasSlowPath ? '/' : healthCheckPath],
      slowPath: hasSlowPath ? '/slow' : undefined,
      image: { isAsset: false, initProcessEnabled: false, stopSignal },
      isThorough: true,
    };
    const checks = CHECKS.filter(({ name }) => COMPARED.includes(name));
    const results = await checkTask(options, runtime, {}, checks);
    return new Map(results.map((result) => [result.name, result]));
  } finally {
    await runtime.stop();
  }
}
