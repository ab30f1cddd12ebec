import { chmodSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { ControlPlaneError } from '../../emulation/control-plane/control-plane-error';
import { startControlPlane } from '../../emulation/control-plane/start-control-plane';
import { ControlPlaneClient } from '../../emulation/front/control-plane-client';
import { FrontServer } from '../../emulation/front/front-server';
import { ImageRecords } from '../../emulation/images/image-records';
import { emulateServices } from '../../emulation/live/emulated-services';
import { bundledProgram } from '../../rehearsal/bundled-program';
import { createOwnedFolder, removeOwnedFolder } from '../../rehearsal/task-runtime/process/owned-folder';
import { SharedSupervisor } from '../../rehearsal/task-runtime/shared-supervisor';
import { InputError } from '../../src/parse/input-error';
import { SpedUpClock } from '../../src/time/sped-up-clock';
import { EmulatedPrograms } from '../input/emulated-programs';
import { Interruption, type InterruptionListener } from '../interruption';
import { Console } from '../output/console';
import type { EmulateArguments } from './emulate-options';

/** What was started, in the order in which it was; it is stopped in the other one. */
type Stops = (() => Promise<unknown> | unknown)[];

/** Emulates AWS until Ctrl-C, stops all of it, and then rejects with the interruption. */
export async function emulateCommand(args: EmulateArguments, interruption: InterruptionListener): Promise<void> {
  const console = new Console(false);
  const stops: Stops = [];
  let wasEndedByCtrlC = false;
  const ended = new Promise<void>((resolve) => {
    interruption.onNextCtrlC(() => {
      wasEndedByCtrlC = true;
      resolve();
    });
  });
  try {
    await Promise.race([emulate(args, { console, stops, ended, interrupted: interruption.interrupted }), interruption.interrupted, ended]);
  } finally {
    if (stops.length > 1) console.print('Ending …');
    // what is still being started adds its stop before it is next.
    for (let stop = stops.pop(); stop !== undefined; stop = stops.pop()) await stop();
  }
  if (wasEndedByCtrlC) throw new Interruption('SIGINT');
}

interface EmulationContext {
  readonly console: Console;
  readonly stops: Stops;
  readonly ended: Promise<void>;
  readonly interrupted: Promise<never>;
}

async function emulate(args: EmulateArguments, context: EmulationContext): Promise<void> {
  const { console, stops, ended, interrupted } = context;
  const folder = createOwnedFolder();
  stops.push(() => removeOwnedFolder(folder));
  const front = await FrontServer.start({
    port: args.port,
    onError: (error) => console.print(`internal error: ${(error as Error).stack}`),
  });
  stops.push(() => front.stop());
  const { runtime, taskCommands, imageCommands } = args;
  const isProcess = runtime.kind === 'process';
  const supervisor = await (isProcess ? SharedSupervisor.forProcesses(runtime.quota) : SharedSupervisor.forContainers(runtime.kind));
  stops.push(() => supervisor.stop());
  const starting = startControlPlane({
    cacheFolder: cacheFolder(),
    frontUrl: front.url,
    onProgress: (text) => console.printProgress(text),
  });
  stops.push(async () => (await starting.catch(() => undefined))?.stop());
  const { url, processId } = await starting.catch((error: unknown) => {
    throw error instanceof ControlPlaneError ? new InputError([error.message]) : error;
  });
  const controlPlane = new ControlPlaneClient(url);
  const images = new ImageRecords(join(folder, 'images'));
  const programs = new EmulatedPrograms({
    supervisor,
    images,
    command: isProcess ? runtime.command : undefined,
    taskCommands,
    imageCommands,
    // an image that is being built is not waited for.
    interrupted: rejectionAfter(ended, interrupted),
  });
  let isOver = false;
  void ended.then(() => {
    isOver = true;
  });
  const clock = new SpedUpClock(args.speed);
  const services = emulateServices(front, {
    clock,
    controlPlane,
    startProgram: (request) => programs.start(request),
    onLine: (line) => isOver || console.print(`${new Date().toISOString().slice(11, 19)}  ${line}`),
  });
  stops.push(() => services.stop());
  console.print(`AWS at ${args.speed} times its speed is at ${front.url}, and tasks are ${supervisor.description}.`);
  console.printSection('Paste into the shell in which you deploy', exportsOf(front.url, writeImageRecorder(folder)));
  console.print('\nCtrl-C ends it and everything that was deployed to it.\n');
  await Promise.race([ended, supervisor.supervisorExited, processEnd(processId)]);
}

/** Rejects when the emulation is ended, or interrupted. */
function rejectionAfter(ended: Promise<void>, interrupted: Promise<never>): Promise<never> {
  const rejected = Promise.race([interrupted, ended.then(() => Promise.reject(new InputError(['the emulation was ended'])))]);
  // it need not be awaited.
  rejected.catch(() => {});
  return rejected;
}

const CHECK_MILLIS = 1000;

/** Rejects when the control plane has ended by itself. */
function processEnd(processId: number): Promise<never> {
  return new Promise((_, reject) => {
    const timer = setInterval(() => {
      try {
        process.kill(processId, 0);
      } catch {
        clearInterval(timer);
        reject(new Error('the control plane has ended before the emulation did'));
      }
    }, CHECK_MILLIS);
    // it is not what the command waits for.
    timer.unref();
  });
}

/** Where what has to be installed once is kept between two emulations. */
function cacheFolder(): string {
  const { XDG_CACHE_HOME } = process.env;
  return join(XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'cdk-scalable-stateless-service');
}

/** Writes the program that the CDK calls in place of docker, and returns its path. */
function writeImageRecorder(folder: string): string {
  const path = join(folder, 'docker');
  const words = [process.execPath, bundledProgram('image-recorder'), join(folder, 'images')];
  writeFileSync(path, `#!/bin/sh\nexec ${words.map((word) => `'${word}'`).join(' ')} "$@"\n`);
  chmodSync(path, 0o755);
  return path;
}

/** The variables with which the CDK, the AWS CLI and the SDKs use the emulation. The credentials are those of no one. */
function exportsOf(url: string, imageRecorder: string): readonly string[] {
  const variables = {
    AWS_ENDPOINT_URL: url,
    AWS_ACCESS_KEY_ID: 'emulation',
    AWS_SECRET_ACCESS_KEY: 'emulation',
    AWS_REGION: 'us-east-1',
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_EC2_METADATA_DISABLED: 'true',
    CDK_DOCKER: imageRecorder,
  };
  return Object.entries(variables).map(([name, value]) => `export ${name}=${value}`);
}
