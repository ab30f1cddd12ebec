import { get, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { BYTES_PER_MEBIBYTE } from './memory-units';

const TIMEOUT_MILLIS = 2000;

/** What an engine says that a container uses. */
export interface EngineReading {
  readonly cpuSeconds: number;
  readonly memoryMiB: number;
}

/** Asks an engine over its socket what a container uses: the same interface with docker and podman. */
export class EngineStatistics {
  public constructor(
    private readonly socketPath: string,
    private readonly id: string,
  ) {}

  /** Nothing where the engine does not say so, or the container has ended. */
  public async read(): Promise<EngineReading | undefined> {
    const answer = await this.ask().catch(() => undefined);
    return answer === undefined ? undefined : parseStatistics(answer);
  }

  private async ask(): Promise<string> {
    const path = `/containers/${this.id}/stats?stream=false&one-shot=true`;
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      get({ socketPath: this.socketPath, path, signal: AbortSignal.timeout(TIMEOUT_MILLIS) }, resolve).once('error', reject);
    });
    return text(answer);
  }
}

interface Statistics {
  readonly cpu_stats?: { readonly cpu_usage?: { readonly total_usage?: number } };
  readonly memory_stats?: {
    readonly usage?: number;
    readonly stats?: { readonly inactive_file?: number; readonly total_inactive_file?: number };
  };
}

/** Reads the answer of `GET /containers/<id>/stats`: https://docs.docker.com/reference/api/engine/ */
export function parseStatistics(json: string): EngineReading | undefined {
  const { cpu_stats: cpu, memory_stats: memory } = parse(json);
  const nanos = cpu?.cpu_usage?.total_usage;
  if (nanos === undefined || memory?.usage === undefined) return undefined;
  const files = memory.stats?.inactive_file ?? memory.stats?.total_inactive_file ?? 0;
  return { cpuSeconds: nanos / 1e9, memoryMiB: (memory.usage - files) / BYTES_PER_MEBIBYTE };
}

function parse(json: string): Statistics {
  try {
    return JSON.parse(json) as Statistics;
  } catch {
    return {};
  }
}
