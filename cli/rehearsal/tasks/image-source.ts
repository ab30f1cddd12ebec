/** A folder that an image is built from, as the list of assets of a CDK app names it. */
export interface ImageBuild {
  readonly kind: 'build';
  /** Tells builds of different folders apart. */
  readonly hash: string;
  readonly folder: string;
  readonly dockerfile?: string;
  readonly target?: string;
  readonly arguments: Readonly<Record<string, string>>;
  readonly contexts: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  readonly ssh?: string;
  readonly network?: string;
  readonly platform?: string;
}

/** Where an image comes from: a folder, or a registry unless it is on this machine. */
export type ImageSource = ImageBuild | { readonly kind: 'name'; readonly name: string };

/** The words that an engine's command builds an image with. */
export function buildArguments(build: ImageBuild, tag: string): string[] {
  const pairs = (name: string, values: Readonly<Record<string, string>>): string[] =>
    Object.entries(values).flatMap(([key, value]) => [name, `${key}=${value}`]);
  return [
    ...['build', '--tag', tag],
    ...pairs('--build-arg', build.arguments),
    ...pairs('--build-context', build.contexts),
    ...Object.entries(build.secrets).flatMap(([id, value]) => ['--secret', `id=${id},${value}`]),
    ...option('--ssh', build.ssh),
    ...option('--target', build.target),
    ...option('--file', build.dockerfile),
    ...option('--network', build.network),
    ...option('--platform', build.platform),
    '.',
  ];
}

function option(name: string, value: string | undefined): string[] {
  return value === undefined ? [] : [name, value];
}
