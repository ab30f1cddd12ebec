/** Errors with which an engine runs no image on some machines, and what to type. */
const KNOWN_ERRORS: readonly { readonly printed: RegExp; readonly remedy: string }[] = [
  {
    printed: /crun.*hybrid mode not supported/s,
    remedy:
      'crun does not run where control groups of version 1 and 2 are mounted together: install runc, and write `[engine]` and below it `runtime = "runc"` to ~/.config/containers/containers.conf',
  },
  {
    printed: /catatonit|container-init binary not found/,
    remedy:
      'the template asks for an init process, which Podman takes from catatonit: install it, such as with `sudo apt-get install catatonit`',
  },
];

/** What an engine printed when it did not run an image, with what to do about it where that is known. */
export function withRemedies(printed: string): string {
  const remedies = KNOWN_ERRORS.filter((known) => known.printed.test(printed)).map(({ remedy }) => `→ ${remedy}`);
  return [printed.trimEnd(), ...remedies].join('\n');
}
