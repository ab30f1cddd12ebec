import { type awscdk, Component, type github, JsonPatch, release } from 'projen';

/** Publishes to npm, PyPI, Maven Central, NuGet and the repository of the Go module. */
const PUBLIB_VERSION = '0.2.1061';

/** Signs statements about what was built: where and from which commit, and what is in it. */
const ATTEST = 'actions/attest@59d89421af93a897026c735860bf21b6eb4f7b26';

/** What the tarball of npm bundles, which `bundle` writes. The packages of all other languages contain the tarball. */
const SBOM = 'lib-cli/sbom.cdx.json';

/** The tarball of npm, in the release job. */
const TARBALL = 'dist/js/*.tgz';

/** After the build, and only if it will be published. */
const ATTESTATIONS: readonly github.workflows.JobStep[] = [
  { name: 'Attest where it was built', uses: ATTEST, with: { 'subject-path': TARBALL } },
  { name: 'Attest what it contains', uses: ATTEST, with: { 'subject-path': TARBALL, 'sbom-path': SBOM } },
].map((step) => ({ ...step, if: "steps.check_tag_exists.outputs.exists != 'true'" }));

/** The sections of the changelog, by the types of commit titles. What users do not notice is left out. */
const SECTIONS = [
  { type: 'feat', section: 'Features' },
  { type: 'fix', section: 'Bug fixes' },
  { type: 'perf', section: 'Performance' },
  { type: 'docs', section: 'Documentation' },
  ...['chore', 'ci', 'build', 'refactor', 'style', 'test'].map((type) => ({ type, hidden: true })),
];

/** The release options of the project: a person starts a release, and the titles of the commits since the last one decide its version. */
export const RELEASE_OPTIONS = {
  releaseTrigger: release.ReleaseTrigger.workflowDispatch(),
  // its protection rules may ask for an approval.
  releaseEnvironment: 'release',
  nextVersionCommand: 'node projenrc/next-version.mjs',
  versionrcOptions: { types: SECTIONS },
  jsiiReleaseVersion: PUBLIB_VERSION,
};

/**
 * The release workflow: the public API is compared with the last release, the changelog is packed, and what was built is attested.
 *
 * The packages are published with trusted publishing where the registry has it (npm, PyPI, NuGet), and with secrets of the repository for Maven
 * Central and the repository of the Go module (`docs/decisions/0037-releases.md`).
 */
export class Releases extends Component {
  constructor(project: awscdk.AwsCdkConstructLibrary) {
    super(project);
    this.compareApi(project);
    this.packChangelog(project);
    const workflow = project.github?.tryFindWorkflow('release');
    workflow?.file?.patch(
      JsonPatch.add('/jobs/release/permissions/id-token', 'write'),
      JsonPatch.add('/jobs/release/permissions/attestations', 'write'),
      ...ATTESTATIONS.map((step) => JsonPatch.add('/jobs/release/steps/-', step)),
    );
  }

  /** In CI alone: it asks the registry for the last release. Intended changes are listed in `.compatignore`. */
  private compareApi(project: awscdk.AwsCdkConstructLibrary): void {
    const compat = project.tasks.tryFind('compat')!;
    compat.description = 'Compare the public API with the last release';
    project.postCompileTask.spawn(compat, { condition: `node -e "process.exit(process.env.CI ? 0 : 1)"` });
  }

  /** The titles since the last release, as the release on GitHub has them too. */
  private packChangelog(project: awscdk.AwsCdkConstructLibrary): void {
    const file = 'CHANGELOG.md';
    project.tasks.tryFind('bump')!.execArgs(['cp', 'dist/changelog.md', file]);
    project.gitignore.exclude(`/${file}`);
  }
}
