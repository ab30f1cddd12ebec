/** A line of a terminal has room for so many characters of names, beside the rest of its sentence. */
const MAX_CHARACTERS = 90;

/** Names to choose from, for an error: all of them, or those most like what was given if they would fill more than a line. */
export function formatChoices(names: readonly string[], given: string, maxCharacters = MAX_CHARACTERS): string {
  const all = names.join(', ');
  if (all.length <= maxCharacters) return all;
  const alike = [...names].sort((one, other) => commonPairs(other, given) - commonPairs(one, given));
  let count = 1;
  while (alike.slice(0, count + 1).join(', ').length <= maxCharacters) count += 1;
  return `${alike.slice(0, count).join(', ')} or ${names.length - count} more`;
}

/** How many pairs of letters that follow each other two words share. */
function commonPairs(one: string, other: string): number {
  const lower = other.toLowerCase();
  return Array.from({ length: one.length - 1 }, (_, index) => one.slice(index, index + 2).toLowerCase()).filter((pair) =>
    lower.includes(pair),
  ).length;
}
