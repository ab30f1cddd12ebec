// Bundles the start of the command, the command, its readers of traffic files and of live services, its supervisor process, its worker, the recorder of images and
// their HTTP client into lib-cli: one file each, with the libraries.
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';
import { build } from 'esbuild';

const standaloneCode = standalone.default ?? standalone;

const OUTPUT = 'lib-cli';

const shared = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  legalComments: 'linked',
  metafile: true,
  // less text to read at every start; names stay, for stack traces.
  minifySyntax: true,
  minifyWhitespace: true,
};

/** The HTTP client is larger than all the rest. It is a file of its own, which is loaded when a request is sent, and contained once. */
const HTTP_CLIENT = 'undici';
const httpClientBeside = {
  name: 'HTTP client beside the bundle',
  setup: ({ onResolve }) => onResolve({ filter: /^undici$/ }, () => ({ path: `./${HTTP_CLIENT}.js`, external: true })),
};

/** The command is a file of its own beside its start, which does not load it to print the version, and has it compiled ahead where Node can. */
const commandBeside = {
  name: 'command beside its start',
  setup: ({ onResolve }) => onResolve({ filter: /^\.\/command-line$/ }, () => ({ path: './command-line.js', external: true })),
};

/**
 * A part of the command that is a file of its own beside it, with its libraries: it is loaded when one of its functions is called.
 *
 * @param filter recognizes the modules of the part in imports.
 */
const besideCommand = (name, filter, functions) => ({
  name: `${name} beside the command`,
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter }, () => ({ path: name, namespace: name }));
    onResolve({ filter: new RegExp(`^\\./${name}\\.js$`) }, ({ path }) => ({ path, external: true }));
    onLoad({ filter: /.*/, namespace: name }, () => ({
      resolveDir: '.',
      contents: [
        "import { InputError } from './src/parse/input-error';",
        // an input error of that file is one of the command, which has a class of its own.
        "const throwOwn = (error) => { throw error.name === 'InputError' ? new InputError(error.errors) : error; };",
        ...functions.map(
          (each) =>
            `export function ${each}(...values) {
              try {
                const result = require('./${name}.js').${each}(...values);
                return result instanceof Promise ? result.catch(throwOwn) : result;
              } catch (error) {
                throwOwn(error);
              }
            }`,
        ),
      ].join('\n'),
    }));
  },
});

const READERS = 'readers';
const readersBeside = besideCommand(READERS, /(traffic-files\/read-traffic-file|scenario-files\/scenario-document)$/, [
  ...['readTrafficFile', 'readToolCommand', 'parseScenarioDocument'],
]);

/** The schema of scenario files as code, compiled here instead of at each start. A test compares the file with the schema of the command. */
const schemaCompiled = {
  name: 'compiled schema',
  setup: ({ onLoad }) =>
    onLoad({ filter: /scenario-files[\\/]compiled-schema\.ts$/ }, () => {
      const ajv = new Ajv({ allErrors: true, strict: false, code: { source: true } });
      ajv.addSchema(JSON.parse(readFileSync('scenario.schema.json', 'utf8')), 'scenario');
      return {
        contents: standaloneCode(ajv, { validateScenario: 'scenario' }),
        loader: 'js',
        resolveDir: '.',
      };
    }),
};

const LIVE_SERVICE = 'live-service';
const liveServiceBeside = besideCommand(LIVE_SERVICE, /(live-service\/read-live-service|recording\/record-service)$/, [
  ...['readLiveService', 'recordService'],
]);

const start = await build({
  ...shared,
  entryPoints: ['cli/main.ts'],
  plugins: [commandBeside],
  // `require` instead: Node would look for the exports of the file before it loads it, which takes as long again.
  supported: { 'dynamic-import': false },
  outdir: OUTPUT,
  banner: { js: '#!/usr/bin/env node' },
});
const command = await build({
  ...shared,
  entryPoints: ['cli/command-line.ts'],
  plugins: [httpClientBeside, readersBeside, liveServiceBeside],
  outdir: OUTPUT,
});
const readers = await build({
  ...shared,
  stdin: {
    contents: "export * from './cli/traffic-files/read-traffic-file';\nexport * from './cli/scenario-files/scenario-document';",
    resolveDir: '.',
    loader: 'ts',
  },
  plugins: [schemaCompiled],
  outfile: `${OUTPUT}/${READERS}.js`,
});
const liveService = await build({
  ...shared,
  stdin: {
    contents: "export * from './cli/live-service/read-live-service';\nexport * from './cli/recording/record-service';",
    resolveDir: '.',
    loader: 'ts',
  },
  // modules of which only what is used is bundled: the AWS SDK has hundreds of operations.
  mainFields: ['module', 'main'],
  outfile: `${OUTPUT}/${LIVE_SERVICE}.js`,
});
const processes = await build({
  ...shared,
  entryPoints: {
    'task-supervisor': 'rehearsal/task-runtime/supervisor/supervisor.ts',
    'load-worker': 'rehearsal/load-generator/load-worker.ts',
    'image-recorder': 'emulation/images/image-recorder.ts',
  },
  plugins: [httpClientBeside],
  outdir: OUTPUT,
});
const httpClient = await build({
  ...shared,
  stdin: { contents: `module.exports = require('${HTTP_CLIENT}');`, resolveDir: '.' },
  outfile: `${OUTPUT}/${HTTP_CLIENT}.js`,
});

// the control plane of the emulation is in Python.
const CONTROL_PLANE = `${OUTPUT}/control-plane`;
rmSync(CONTROL_PLANE, { recursive: true, force: true });
for (const part of ['control_plane', 'requirements.txt']) {
  const isSource = (file) => !file.includes('__pycache__');
  cpSync(`emulation/control-plane/${part}`, `${CONTROL_PLANE}/${part}`, { recursive: true, filter: isSource });
}

const files = [start, command, readers, liveService, processes, httpClient].flatMap((result) => Object.keys(result.metafile.inputs));
const folders = files.map((file) => file.match(/^.*node_modules\/(?:@[^/]+\/)?[^/]+/)?.[0]);
const bundled = [...new Set(folders.filter(Boolean))].sort();
// the licence texts of all bundled packages, which the bundles themselves do not contain.
writeFileSync(`${OUTPUT}/THIRD-PARTY-NOTICES.txt`, bundled.map(notice).join('\n'));
writeFileSync(`${OUTPUT}/sbom.cdx.json`, `${JSON.stringify(billOfMaterials(bundled), undefined, 2)}\n`);

/** What is bundled, as a software bill of materials: https://cyclonedx.org/docs/1.6/json. It has no time and no serial number, so that equal bundles have equal files. */
function billOfMaterials(folders) {
  const { name, version, license } = packageIn('.');
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
  const reference = `pkg:npm/${name}@${version}`;
  const components = folders.map((folder) => componentOf(folder, packages[folder]?.integrity));
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      component: { type: 'library', 'bom-ref': reference, name, version, purl: reference, licenses: [{ license: { id: license } }] },
    },
    components,
    dependencies: [{ ref: reference, dependsOn: components.map((component) => component['bom-ref']) }],
  };
}

function componentOf(folder, integrity) {
  const { name, version, license } = packageIn(folder);
  const purl = `pkg:npm/${name.replace('@', '%40')}@${version}`;
  const [, digest] = /^sha512-(.*)$/.exec(integrity ?? '') ?? [];
  return {
    type: 'library',
    'bom-ref': purl,
    name,
    version,
    purl,
    licenses: [{ license: { id: license } }],
    ...(digest && { hashes: [{ alg: 'SHA-512', content: Buffer.from(digest, 'base64').toString('hex') }] }),
  };
}

function packageIn(folder) {
  return JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
}

function notice(folder) {
  const { name, version, license } = packageIn(folder);
  const texts = licenceTexts(folder);
  if (texts.length === 0) throw new Error(`${name} has no licence file in ${folder}, so it cannot be bundled`);
  return [`${name} ${version} (${license})`, ...texts].join('\n\n');
}

/** The licence texts of a package; of one without a file those of another one of its repository, with the same licence. */
function licenceTexts(folder) {
  const own = licenceFiles(folder);
  if (own.length > 0) return own;
  const { license, repository } = packageIn(folder);
  const sibling = bundled.find((other) => {
    const { license: otherLicense, repository: otherRepository } = packageIn(other);
    return otherLicense === license && otherRepository?.url === repository?.url && licenceFiles(other).length > 0;
  });
  return sibling === undefined ? [] : licenceFiles(sibling);
}

function licenceFiles(folder) {
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|notice)/i.test(file));
  return files.map((file) => readFileSync(`${folder}/${file}`, 'utf8'));
}
