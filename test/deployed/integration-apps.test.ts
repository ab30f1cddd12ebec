import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROOT } from '../consumer';
import { call, createZone, ENDPOINT } from './endpoint';
import { type Deployed, everything, readBack, requestedOf } from './read-back';

const MINUTES = 60_000;
const APPS = readdirSync(join(ROOT, 'integ')).filter((file) => /^integ\..*\.ts$/.test(file));

/** How an endpoint says that it does not know what AWS does. */
const UNKNOWN = /Unsupported resource type ([\w:]+)|ROLLBACK_COMPLETE \(((?:create|update)_\w+\.\w+)\)/;

/** What such an endpoint may not delete: a rule of a listener that another stack could own, and with it the target group that the rule names. */
const NOT_DELETED: Record<string, RegExp> = { 'integ.shared-listener.ts': /(destroy failed)/ };

if (!ENDPOINT) console.log('skipped: deploying the integration tests: AWS_ENDPOINT_URL names no endpoint that stands in for AWS');

describe.skipIf(!ENDPOINT)('is deployed, read back, updated, and leaves nothing', () => {
  const https = ENDPOINT ? nameAndCertificate() : undefined;
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'deployed-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  for (const app of APPS) {
    test(app, { timeout: 5 * MINUTES }, async ({ skip }) => {
      const before = await everything();
      try {
        const [first, second] = [await checked(app, '6'), await checked(app, '7')];
        expect(second).not.toEqual(first);
        destroy(app);
      } catch (error) {
        const output = outputOf(error);
        const unknown = UNKNOWN.exec(output) ?? NOT_DELETED[app]?.exec(output);
        if (!unknown) throw error;
        skip(`the endpoint does not know all of it: ${unknown[1] ?? unknown[2]}`);
      }
      expect(await everything()).toEqual(before);
    });
  }

  /** Deploys an app with other bounds than before, and says what it asked for once AWS has said the same. */
  async function checked(app: string, maxTasks: string): Promise<object> {
    const name = stackOf(app);
    // without an endpoint an app keeps its own assertions in a stack of their own, which is not deployed: this test reads back itself.
    const environment = { ...(await https), MAX_TASKS: maxTasks, AWS_ENDPOINT_URL: undefined };
    cdk(['synth', '--quiet', '--app', `npx tsx --tsconfig tsconfig.dev.json integ/${app}`, '--output', folder], environment);
    const template = resourcesAlone(join(folder, `${name}.template.json`));
    await publishImages(join(folder, `${name}.assets.json`));
    cdk(['deploy', name, '--app', folder, '--require-approval', 'never', '--change-set-name', `${name}-${maxTasks}`]);
    const deployed: Deployed = { name, resources: Object.values(template.Resources) };
    expect(await readBack(deployed)).toEqual(requestedOf(deployed));
    return requestedOf(deployed);
  }

  function destroy(app: string): void {
    cdk(['destroy', stackOf(app), '--app', folder, '--force']);
  }
});

function cdk(args: readonly string[], environment: NodeJS.ProcessEnv = {}): void {
  execFileSync('npx', ['cdk', ...args, '--no-notices'], {
    cwd: ROOT,
    env: { ...process.env, ...environment },
    stdio: 'pipe',
    timeout: MINUTES,
  });
}

/** Neither looks up the version of the bootstrap stack, which an endpoint need not know, nor puts out what another stack would have asserted. */
function resourcesAlone(file: string) {
  const { Parameters: _, Rules: __, Outputs: ___, ...template } = JSON.parse(readFileSync(file, 'utf8'));
  writeFileSync(file, JSON.stringify(template));
  return template;
}

/** What somebody has who wants HTTPS, and has a certificate already. */
async function nameAndCertificate(): Promise<Record<string, string>> {
  const { CertificateArn } = await call('acm', 'RequestCertificate', { DomainName: 'search.example.com' });
  return { ZONE_NAME: 'example.com', HOSTED_ZONE_ID: await createZone('example.com'), CERTIFICATE_ARN: CertificateArn };
}

function stackOf(app: string): string {
  return /new Stack\(app, '(\w+)'/.exec(readFileSync(join(ROOT, 'integ', app), 'utf8'))![1]!;
}

function outputOf(error: unknown): string {
  const { stdout = '', stderr = '', message } = error as { stdout?: Buffer; stderr?: Buffer; message: string };
  return `${stdout}\n${stderr}\n${message}`;
}

/** Where no task runs, an image need only be there by its name: the CDK then builds none. */
async function publishImages(assets: string): Promise<void> {
  const { dockerImages = {} } = JSON.parse(readFileSync(assets, 'utf8'));
  const repositoryName = `cdk-hnb659fds-container-assets-123456789012-${process.env['AWS_REGION']}`;
  const imageManifest = JSON.stringify({ schemaVersion: 2, mediaType: 'application/vnd.docker.distribution.manifest.v2+json' });
  for (const imageTag of Object.keys(dockerImages))
    await call('ecr', 'PutImage', { repositoryName, imageTag, imageManifest }).catch(ifThere);
}

function ifThere(error: Error): void {
  if (!error.message.includes('ImageAlreadyExists')) throw error;
}
