import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { LoadTest, LoadTestEngine, type LoadTestProps } from '../../src';
import { newApp } from '../synthesize';

/** The load generators that are installed here, by their names. */
export const INSTALLED = new Set(
  [
    { name: 'k6', version: ['version'] },
    { name: 'locust', version: ['--version'] },
  ]
    .filter(({ name, version }) => spawnSync(name, version).status === 0)
    .map(({ name }) => name),
);

/** Each load generator, as tests run it: Locust alone and with workers. */
export const ENGINES: readonly { readonly title: string; readonly tool: 'k6' | 'locust'; readonly engine: LoadTestEngine }[] = [
  { title: 'k6', tool: 'k6', engine: LoadTestEngine.k6() },
  { title: 'Locust', tool: 'locust', engine: LoadTestEngine.locust() },
  { title: 'Locust with two workers', tool: 'locust', engine: LoadTestEngine.locust({ workers: 2 }) },
];

/** The line that a run writes, as far as tests read it. */
export interface Results {
  readonly loadTest: string;
  readonly tool: string;
  readonly passed: boolean;
  readonly failedThresholds: readonly string[];
  readonly requests: number;
  readonly failedRequests: number;
  readonly failedPercent: number;
  readonly droppedRequests: number;
  readonly durationSeconds: number;
  readonly meanMilliseconds: number;
  readonly p50Milliseconds: number;
  readonly p95Milliseconds: number;
  readonly _aws: {
    readonly Timestamp: number;
    readonly CloudWatchMetrics: readonly {
      readonly Namespace: string;
      readonly Dimensions: readonly (readonly string[])[];
      readonly Metrics: readonly { readonly Name: string; readonly Unit: string }[];
    }[];
  };
}

/** How a container ended. */
export interface Ended {
  readonly exitCode: number | null;
  readonly output: string;

  /** Undefined where no results were written. */
  readonly results?: Results;
}

/** What ECS starts for a load test of a URL: the entry point and the command of its task definition. */
export function commandOf(props: LoadTestProps): string[] {
  const stack = new Stack(newApp(), 'Shop');
  const vpc = Vpc.fromVpcAttributes(stack, 'Net', {
    vpcId: 'vpc-12345678',
    availabilityZones: ['eu-west-1a'],
    publicSubnetIds: ['subnet-12345678'],
  });
  new LoadTest(stack, 'Load', { vpc, ...props });
  const definitions = Template.fromStack(stack).findResources('AWS::ECS::TaskDefinition');
  const [container] = Object.values(definitions)[0]!['Properties'].ContainerDefinitions;
  return [...container.EntryPoint, ...container.Command];
}

/** A container that runs as a process of this machine. */
export class Container {
  private readonly process: ChildProcess;
  private output = '';

  public constructor(props: LoadTestProps) {
    const [program, ...args] = commandOf(props);
    this.process = spawn(program!, args, { stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    this.process.stdout!.on('data', (data) => this.write(data));
    this.process.stderr!.on('data', (data) => this.write(data));
  }

  /** Signals the process as ECS does when a task is stopped. */
  public stop(): void {
    this.process.kill('SIGTERM');
  }

  /** Kills what is left, of all processes that it started. */
  public kill(): void {
    try {
      process.kill(-this.process.pid!, 'SIGKILL');
    } catch {
      // nothing is left.
    }
  }

  public async ended(): Promise<Ended> {
    const exitCode = await new Promise<number | null>((resolve) => this.process.on('close', resolve));
    const line = this.output.split('\n').find((text) => text.startsWith('{') && text.includes('"loadTest"'));
    return { exitCode, output: this.output, results: line === undefined ? undefined : JSON.parse(line) };
  }

  private write(data: Buffer): void {
    this.output += data.toString();
  }
}

/** Runs a load test to its end. */
export async function run(props: LoadTestProps): Promise<Ended> {
  const container = new Container(props);
  try {
    return await container.ended();
  } finally {
    container.kill();
  }
}
