import type { ContainerEngine } from './container-engine';

/** What an image says of how it runs, besides its program. */
export interface ImageSettings {
  /** The ports of its EXPOSE instructions, for TCP. */
  readonly exposedPorts: readonly number[];
  /** Whether it has a HEALTHCHECK, which ECS does not run. */
  readonly hasHealthCheck: boolean;
}

/** What engines print of an image; Podman has the health check beside the configuration. */
interface InspectedImage {
  readonly Config?: { readonly ExposedPorts?: Readonly<Record<string, unknown>> | null; readonly Healthcheck?: HealthCheck | null };
  readonly HealthCheck?: HealthCheck | null;
  readonly Healthcheck?: HealthCheck | null;
}

interface HealthCheck {
  /** `NONE` disables the one of the base image. */
  readonly Test?: readonly string[];
}

/** Reads the settings of an image that is on this machine. */
export async function readImageSettings(engine: ContainerEngine, image: string): Promise<ImageSettings> {
  return parseImageSettings(await engine.run('image', 'inspect', '--format', '{{json .}}', image));
}

/** Parses what an engine prints of an image. */
export function parseImageSettings(json: string): ImageSettings {
  const { Config: config, HealthCheck, Healthcheck } = JSON.parse(json) as InspectedImage;
  const healthCheck = config?.Healthcheck ?? HealthCheck ?? Healthcheck ?? undefined;
  const ports = Object.keys(config?.ExposedPorts ?? {}).flatMap((name) => /^(\d+)(?:\/tcp)?$/.exec(name)?.[1] ?? []);
  return { exposedPorts: ports.map(Number), hasHealthCheck: healthCheck?.Test !== undefined && healthCheck.Test[0] !== 'NONE' };
}
