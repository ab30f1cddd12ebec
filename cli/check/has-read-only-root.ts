import type { CheckedTask } from './checked-task';
import { filesWrittenSince } from './files-written';
import { type Finding, notTried, ok, warning } from './finding';

/** Reads whether the container may write to its image, and looks whether the task has written beside its program, or could do without. */
export async function hasReadOnlyRoot({
  parts: { image, folder, onEngine },
  startedAtEpochMillis,
  isServing,
}: Pick<CheckedTask, 'parts' | 'startedAtEpochMillis' | 'isServing'>): Promise<Finding> {
  if (onEngine !== undefined) return tried(image.hasReadOnlyRoot === true, isServing);
  const written = folder === undefined ? [] : filesWrittenSince(folder, startedAtEpochMillis);
  if (image.hasReadOnlyRoot === undefined && written.length === 0) return notTried('there is no task definition to read');
  if (written.length > 0) {
    const files = `${written.slice(0, 3).join(', ')} changed in the folder of the program while it ran, by it or by somebody else`;
    return warning(image.hasReadOnlyRoot === true ? `${files}, and its root is read-only` : files, ELSEWHERE);
  }
  return image.hasReadOnlyRoot === true
    ? ok('it is, and nothing changed in the folder of the program while it ran; elsewhere was not looked')
    : WRITABLE;
}

/** A container ran with the root that its definition gives it. */
function tried(isReadOnly: boolean, isServing: boolean): Finding {
  if (!isReadOnly) return WRITABLE;
  return isServing ? ok('it ran with one, and served') : warning('it ran with one, and was never healthy', ELSEWHERE);
}

const WRITABLE = warning('the task definition lets it write to its image, and so whoever breaks in', 'set readonlyRootFilesystem: true');

const ELSEWHERE = 'write to a volume, or to no file at all: what a task keeps is gone with it';
