/** Why an engine refuses to run any image on some machines, and what to type. */
const REFUSALS: readonly { readonly printed: RegExp; readonly remedy: string }[] = [
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

/** What an engine printed when it refused an image, with what to do about it where that is known. */
export function formatRefusal(printed: string): string {
  const remedies = REFUSALS.filter((refusal) => refusal.printed.test(printed)).map(({ remedy }) => `→ ${remedy}`);
  return [printed.trimEnd(), ...remedies].join('\n');
}
