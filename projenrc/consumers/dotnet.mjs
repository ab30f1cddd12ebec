// Generates the .NET package with the tarball in it, and compiles it where there is a .NET SDK.
import { ok } from 'node:assert';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Workplace } from './workplace.mjs';

const folder = mkdtempSync(join(tmpdir(), 'consumer-dotnet-'));
try {
  const workplace = new Workplace('dotnet', folder);
  const generated = workplace.generated();
  const files = readdirSync(generated, { recursive: true });
  for (const file of ['ScalableStatelessService.cs', '.csproj', '.tgz'])
    ok(
      files.some((path) => path.endsWith(file)),
      `no ${file} in ${files}`,
    );
  console.log(`the .NET package: ${files.filter((path) => path.endsWith('.cs')).length} files generated`);
  if (spawnSync('dotnet', ['--version'], { stdio: 'ignore' }).error) console.log('skipped: compiling the .NET package: dotnet is missing');
  else
    workplace.run(
      generated,
      'dotnet',
      'build',
      join(
        generated,
        files.find((path) => path.endsWith('.csproj')),
      ),
    );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
