import type { Readable } from 'node:stream';

const LINES = 20;

/** Enough for the lines kept; the rest of longer ones is dropped from the front. */
const CHARACTERS = 8192;

/** The last lines that a task wrote, in the order in which they arrived. */
export class LastOutput {
  private kept = '';
  private isNew = false;

  public get text(): string {
    return this.kept.trimEnd().split('\n').slice(-LINES).join('\n');
  }

  /** Keeps the end of all that comes out of a stream. */
  public follow(stream: Readable): void {
    stream.setEncoding('utf8').on('data', (text: string) => this.add(text));
  }

  public add(text: string): void {
    this.kept = (this.kept + text).slice(-CHARACTERS);
    this.isNew = true;
  }

  /** The text if it has changed since it was last taken. */
  public takeNews(): string | undefined {
    if (!this.isNew) return undefined;
    this.isNew = false;
    return this.text;
  }
}
