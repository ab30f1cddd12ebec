/** A text as one word of a shell: nothing in it is special. A token may not contain an apostrophe. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** A command line: words that are quoted where they need it. */
export function commandLine(words: readonly string[]): string {
  return words.map((word) => (PLAIN.test(word) ? word : quoted(word))).join(' ');
}

const PLAIN = /^[A-Za-z0-9_@%+=:,./-]+$/;

/** Commands that write a file. Nothing in its lines is special to the shell. */
export function writeFile(path: string, lines: readonly string[], mode = '0644'): string[] {
  return [`install -D --mode=${mode} /dev/stdin ${path} <<'${END_OF_FILE}'`, ...lines, END_OF_FILE];
}

const END_OF_FILE = 'END_OF_FILE';
