import { InputError } from '../parse/input-error';

/** A class of the CDK, whatever its constructor takes. */
// biome-ignore lint/suspicious/noExplicitAny: each class has parameters of its own.
type CdkClass<Part> = abstract new (...parameters: any[]) => Part;

/**
 * The part of a service as the class of the CDK that it was created with.
 *
 * @throws InputError where the part was imported, or does not exist.
 */
export function createdPart<Part extends object>(name: string, part: unknown, type: CdkClass<Part>): Part {
  if (part instanceof type) return part;
  throw new InputError([
    part === undefined
      ? `${name} does not exist: the props replace it`
      : `${name} was imported: use the one that was passed to the service`,
  ]);
}

/** The part of a service as the class of the CDK that it was created with; undefined where it was imported, or does not exist. */
export function createdPartOrNone<Part extends object>(part: unknown, type: CdkClass<Part>): Part | undefined {
  return part instanceof type ? part : undefined;
}
