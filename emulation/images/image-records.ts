import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** How an image is built: what `docker build` was called with. */
export interface RecordedImage {
  /** A copy of the build folder. */
  readonly folder: string;
  /** @default - Dockerfile */
  readonly dockerfile?: string;
  readonly target?: string;
  readonly buildArguments: Readonly<Record<string, string>>;
  readonly platform?: string;
}

/** The images that were built and pushed during an emulation, by their names. One file each, since each call of the recorder is a process. */
export class ImageRecords {
  /** @param folder that of the emulation, which exists. */
  public constructor(private readonly folder: string) {}

  public find(name: string): RecordedImage | undefined {
    const file = this.fileOf(name);
    return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as RecordedImage) : undefined;
  }

  public add(name: string, image: RecordedImage): void {
    mkdirSync(this.folder, { recursive: true });
    writeFileSync(this.fileOf(name), JSON.stringify(image));
  }

  /** The folder for the copy of the build folder of an image. */
  public copyFolder(name: string): string {
    return join(this.folder, `build-${digestOf(name)}`);
  }

  private fileOf(name: string): string {
    return join(this.folder, `${digestOf(name)}.json`);
  }
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 24);
}
