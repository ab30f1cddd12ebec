import { ok } from 'node:assert';
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The package is generated without a .NET SDK too. */
export const needs = [];

/** The package has the service and the tarball, and compiles where there is a .NET SDK. */
export async function checkPackage(workplace) {
  const generated = workplace.generated();
  const files = readdirSync(generated, { recursive: true });
  for (const file of ['ScalableStatelessService.cs', '.csproj', '.tgz'])
    ok(
      files.some((path) => path.endsWith(file)),
      `no ${file} in ${files}`,
    );
  console.log(`the .NET package: ${files.filter((path) => path.endsWith('.cs')).length} files generated`);
  const project = files.find((path) => path.endsWith('.csproj'));
  if (spawnSync('dotnet', ['--version'], { stdio: 'ignore' }).error) console.log('skipped: compiling the .NET package: dotnet is missing');
  else await workplace.run(generated, 'dotnet', 'build', join(generated, project));
}
