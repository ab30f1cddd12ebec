/** Where the programs of the recipes are copied to, and what is installed. */
export interface Workshop {
  readonly folder: string;
}

/** What installs a server: packages of a registry, or programs of the system. */
export type Installation =
  | { readonly kind: 'npm'; readonly packages: readonly string[] }
  /** `build` are the words that compile its program, in the folder of the programs. */
  | { readonly kind: 'debian'; readonly packages: readonly string[]; readonly build?: readonly string[] }
  /** In the environment that all share, or in one of its own, `$FOLDER/venv-NAME`: of other versions, or of packages that do not fit the rest. */
  | { readonly kind: 'pip'; readonly packages: readonly string[]; readonly environment?: string }
  | { readonly kind: 'go' | 'cargo' | 'maven'; readonly target: string }
  | { readonly kind: 'none' };

/** How to run one server: as it is by default, and with what the table of known servers says to type. */
export interface Recipe {
  /** The name to type. */
  readonly name: string;
  /** The name and the variant in the table of known servers. */
  readonly server: string;
  readonly variant?: string;
  readonly installation: Installation;
  /** The words that run it in the folder of its programs; `$PORT` and `$FOLDER` are replaced. */
  readonly command: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** What replaces the same members when the advice is followed. */
  readonly advised?: {
    readonly command?: readonly string[];
    readonly environment?: Readonly<Record<string, string>>;
    readonly stopSignal?: NodeJS.Signals;
  };
  /** @default true; a server of files only has none */
  readonly hasSlowPath?: boolean;
  /** What the health checks request, and the probe. @default /health */
  readonly healthCheckPath?: string;
  /** The command that prints its version, or a version that is known. */
  readonly version: readonly string[];
  /** Configuration files, by name; `$PORT`, `$UPSTREAM` and `$FOLDER` are replaced. */
  readonly files?: Readonly<Record<string, string>>;
  readonly advisedFiles?: Readonly<Record<string, string>>;
}
