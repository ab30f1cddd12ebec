// How far an emulation differs from the rehearsal and the forecast of the same template and traffic, and what it costs beside the rehearsal. The
// shipped command does all three; the load comes from the load generator of rehearsals, in this process, so that both get the same requests.
// The bar: the same counts, times within one alarm period, and at most 1.2 times the CPU and the memory of the rehearsal from the start of the
// traffic to its end. The control plane, which idles meanwhile, is listed separately.
// Seven minutes at 20 times the speed. Needs Linux and Python.
// Run: npm run bundle && npx tsx --tsconfig tsconfig.dev.json bench/emulation/agreement.ts [speed]
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { App, BootstraplessSynthesizer, CfnOutput, Stack } from 'aws-cdk-lib';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { LoadGenerator } from '../../rehearsal/load-generator/load-generator';
import { GeneratedTraffic } from '../../rehearsal/rehearsal-traffic';
import { Network, ScalableStatelessService } from '../../src';
import { formatElapsed } from '../../src/parse/durations';
import { SpedUpClock } from '../../src/time/sped-up-clock';
import { parseTraffic } from '../../src/traffic/traffic-grammar';
import { trafficSeconds } from '../../src/traffic/traffic-phases';
import { Stacks } from '../../test/emulation/control-plane/stacks-of';
import { type CommandUsage, MeasuredCommand } from './measured-command';

/**
 * Requests that cost next to nothing: what is decided depends on their number alone. Each load lasts until its alarm is OK again: an alarm that is
 * still in ALARM acts at once on the minute in which the load changes, and how much of the new load is in that minute depends on when CloudWatch's
 * minutes begin, on AWS as here.
 */
const TRAFFIC = 'rps 4 for 3m, rps 22 for 14m, rps 40 for 10m, rps 4 for 22m';
const PERIOD_SECONDS = 60;
const MAX_RATIO = 1.2;
const STACK = 'shop';

const SERVER = `
const server = require('node:http').createServer((_, response) => response.end('1'));
server.keepAliveTimeout = 70_000;
server.listen(process.env.PORT, '127.0.0.1');
process.on('SIGTERM', () => server.close(() => process.exit(0)));`;

/** A change of the desired count, in seconds after the start of the traffic. */
interface Step {
  readonly atSeconds: number;
  readonly count: number;
}

/** What a command has made of the traffic. */
interface Measured {
  readonly steps: readonly Step[];
  readonly usage: CommandUsage;
  readonly sent: string;
}

async function main(speed: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-emulation-'));
  try {
    const template = join(folder, 'template.json');
    const server = join(folder, 'server.cjs');
    writeFileSync(template, JSON.stringify(shopTemplate()));
    writeFileSync(server, SERVER);
    const command = `${process.execPath} ${server}`;
    const foreseen = await forecastSteps(template);
    const local = await rehearsed(template, command, speed);
    const live = await emulated(command, speed);
    print('forecast', foreseen);
    print('rehearsal', local.steps);
    print('emulation', live.steps);
    console.log(`\nrehearsal: ${local.sent}\nemulation: ${live.sent}`);
    console.log('\n| | rehearsal | emulation | ratio | control plane of the emulation |\n|---|---|---|---|---|');
    const ratios = [
      row(local.usage, live.usage, 'CPU seconds', 'cpuSeconds'),
      row(local.usage, live.usage, 'resident MiB, at most', 'residentMiB'),
    ];
    const withControlPlane = (live.usage.own.residentMiB + live.usage.controlPlane.residentMiB) / local.usage.own.residentMiB;
    console.log(`\nresident memory with the control plane: ${withControlPlane.toFixed(2)} times as much`);
    const agrees = isSame(local.steps, foreseen) && isSame(live.steps, foreseen);
    const isCheap = Math.max(...ratios) <= MAX_RATIO;
    console.log(`\nsame counts, times within ${PERIOD_SECONDS} s: ${agrees}; at most ${MAX_RATIO} times as much: ${isCheap}`);
    process.exitCode = agrees && isCheap ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Two to eight tasks, five requests a second for each. */
function shopTemplate(): object {
  const app = new App();
  const stack = new Stack(app, 'Shop', { synthesizer: new BootstraplessSynthesizer() });
  const service = new ScalableStatelessService(stack, 'Web', {
    image: ContainerImage.fromRegistry('public.ecr.aws/nginx/nginx:stable'),
    network: Network.public(),
    healthCheck: { path: '/' },
    minCapacity: 2,
    maxCapacity: 8,
    requestsPerSecondPerTask: 5,
  });
  new CfnOutput(stack, 'DnsName', { value: service.loadBalancer!.loadBalancerDnsName });
  return app.synth().getStackByName('Shop').template;
}

async function forecastSteps(template: string): Promise<readonly Step[]> {
  const command = new MeasuredCommand(['forecast', '--template', template, '--traffic', TRAFFIC, '--json']);
  return stepsIn(await command.ended());
}

async function rehearsed(template: string, program: string, speed: number): Promise<Measured> {
  const seconds = trafficSeconds(parseTraffic(TRAFFIC));
  const options = ['--template', template, '--command', program, '--speed', String(speed), '--external', '--for', `${seconds}s`, '--json'];
  // the load generator starts before the clock of the rehearsal does: half a second is ten seconds of it.
  const port = await freePort();
  const generator = await LoadGenerator.start({ url: `http://127.0.0.1:${port}`, paths: ['/'] });
  const command = new MeasuredCommand(['rehearse', ...options, '--port', String(port)]);
  try {
    await command.printed(/http:\/\/127\.0\.0\.1:\d+/);
    const { usage, sent } = await load(command, generator, speed);
    return { steps: stepsIn(await command.ended()), usage, sent };
  } finally {
    await command.stop();
  }
}

async function emulated(program: string, speed: number): Promise<Measured> {
  const command = new MeasuredCommand(['emulate', '--speed', String(speed), '--command', program]);
  try {
    const [, endpoint] = await command.printed(/AWS_ENDPOINT_URL=(\S+)[\s\S]*Ctrl-C/);
    const stacks = new Stacks(endpoint!);
    let status = await stacks.create(STACK, shopTemplate());
    while (status.endsWith('_IN_PROGRESS')) status = await stacks.settled(STACK);
    if (status !== 'CREATE_COMPLETE') throw new Error(`${status}: ${(await stacks.failures(STACK)).join('; ')}`);
    const { DnsName } = await stacks.outputs(STACK);
    const startMillis = { value: 0 };
    const { usage, sent } = await load(command, await LoadGenerator.start({ url: `http://${DnsName}`, paths: ['/'] }), speed, () => {
      startMillis.value = Date.now();
    });
    const input = { ServiceNamespace: 'ecs' };
    const { ScalingActivities } = await stacks.api.json(
      'application-autoscaling',
      'AnyScaleFrontendService.DescribeScalingActivities',
      input,
    );
    const steps = (ScalingActivities as { StartTime: number; Description: string }[])
      .map(({ StartTime, Description }) => ({
        atSeconds: (StartTime - startMillis.value / 1000) * speed,
        count: Number(/\d+/.exec(Description)![0]),
      }))
      .filter(({ atSeconds }) => atSeconds > 0)
      .reverse();
    return { steps, usage, sent };
  } finally {
    await command.stop();
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Sends the traffic, while what the command uses is measured. */
async function load(
  command: MeasuredCommand,
  generator: LoadGenerator,
  speed: number,
  onStart: () => void = () => {},
): Promise<Pick<Measured, 'usage' | 'sent'>> {
  const phases = parseTraffic(TRAFFIC);
  const traffic = new GeneratedTraffic(generator);
  const clock = new SpedUpClock(speed);
  onStart();
  command.startMeasuring();
  traffic.start(phases, clock);
  // a rehearsal ends when its traffic does.
  await delay(((trafficSeconds(phases) - PERIOD_SECONDS) / speed) * 1000);
  const usage = command.stopMeasuring();
  const { servedRequests, requiredRequests, failures } = traffic.client.takeMeasurements();
  await traffic.stop();
  clock.stop();
  const failed = Object.values(failures).reduce((sum, count) => sum + count, 0);
  return { usage, sent: `${servedRequests} of ${requiredRequests} requests served, ${failed} failed` };
}

/** The activities in the JSON that the command prints. */
function stepsIn(output: string): readonly Step[] {
  const { outcome, rehearsal = outcome } = JSON.parse(output);
  const { activities } = rehearsal;
  return activities.map(({ startSeconds, toCapacity }: { startSeconds: number; toCapacity: number }) => ({
    atSeconds: startSeconds,
    count: toCapacity,
  }));
}

function row(local: CommandUsage, live: CommandUsage, name: string, field: 'cpuSeconds' | 'residentMiB'): number {
  const ratio = live.own[field] / local.own[field];
  const cells = [local.own[field].toFixed(1), live.own[field].toFixed(1), ratio.toFixed(2), live.controlPlane[field].toFixed(1)];
  console.log(`| ${name} | ${cells.join(' | ')} |`);
  return ratio;
}

function print(name: string, steps: readonly Step[]): void {
  const text = steps.map(({ atSeconds, count }) => `${count} at ${formatElapsed(Math.round(atSeconds))}`).join(', ');
  console.log(`${name}: ${text || 'no activity'}`);
}

function isSame(steps: readonly Step[], others: readonly Step[]): boolean {
  const isClose = ({ atSeconds, count }: Step, { atSeconds: at, count: other }: Step): boolean =>
    count === other && Math.abs(atSeconds - at) <= PERIOD_SECONDS;
  return steps.length === others.length && steps.every((step, index) => isClose(step, others[index]!));
}

void main(Number(process.argv[2] ?? 20));
