import { ContainerEngine } from '../rehearsal/tasks/container-engine';
import type { ContainerRuntime } from '../rehearsal/tasks/container-runtime';

/** What the engine that runs an image knows of it. */
export interface ImageOnEngine {
  /** Such as `linux/arm64`. */
  readonly platform: string;
  /** Whom it runs as unless it is told otherwise; root where that is nobody. */
  readonly user: string;
}

/** Asks an engine for the image that its containers run. */
export async function readImageOnEngine({ engine, image }: ContainerRuntime): Promise<ImageOnEngine> {
  const format = '{{.Os}}/{{.Architecture}} {{.Config.User}}';
  const [platform, user] = (await new ContainerEngine(engine).ask('image', 'inspect', '--format', format, image)).split(' ');
  return { platform: platform!, user: user === undefined || user === '' ? 'root' : user };
}
