import { javascript } from 'projen';

type BiomeConfiguration = NonNullable<javascript.BiomeOptions['biomeConfig']>;

const { IndentStyle, QuoteStyle, Semicolons, JsTrailingCommas, ArrowParentheses } = javascript.biome_config;

const MAX_LINES_PER_FUNCTION = 50;

/** Files that a tool reads by their default export. */
const CONFIGURATION_FILES = ['vitest.config.mts', 'docs/.vitepress/config.mts', 'docs/.vitepress/theme/index.ts'];

/** A `describe` block is a table of contents, not a function to keep short. */
const TESTS = ['**/*.test.ts'];

/**
 * The format of the code, and what the linter rejects beyond Biome's recommendations.
 *
 * Import rules between folders are not here: `test/architecture.test.ts` checks those with a table of its own.
 */
export const biomeConfiguration: BiomeConfiguration = {
  files: {
    includes: [
      '**',
      '!**/*.snapshot',
      '!**/cdk.out',
      '!**/dist',
      '!**/*.svg',
      '!lib',
      '!lib-cli',
      '!lib-integ',
      // one line, written by a script.
      '!test/integ/response-shapes.json',
      // written by tests, byte for byte.
      '!docs/predictions',
      '!docs/two-paths',
      '!**/resource-schema.json',
      '!docs/.vitepress/cache',
      '!integ.config.json',
      '!**/package.json',
      '!**/package-lock.json',
      '!scenario.schema.json',
    ],
  },
  formatter: { indentStyle: IndentStyle.SPACE, indentWidth: 2, lineWidth: 140 },
  javascript: {
    formatter: {
      quoteStyle: QuoteStyle.SINGLE,
      semicolons: Semicolons.ALWAYS,
      trailingCommas: JsTrailingCommas.ALL,
      arrowParentheses: ArrowParentheses.ALWAYS,
    },
  },
  linter: {
    rules: {
      complexity: {
        noExcessiveCognitiveComplexity: { level: 'error', options: { maxAllowedComplexity: 12 } },
        noExcessiveLinesPerFunction: { level: 'error', options: { maxLines: MAX_LINES_PER_FUNCTION, skipBlankLines: true } },
        useLiteralKeys: 'off', // TypeScript wants the brackets on index signatures.
      },
      correctness: { noUnusedImports: 'error', noUnusedVariables: 'error' },
      performance: { noBarrelFile: 'off' },
      style: {
        noDefaultExport: 'error',
        noNestedTernary: 'error',
        noNonNullAssertion: 'off',
        noParameterAssign: 'error',
        useCollapsedElseIf: 'error',
        useConsistentArrayType: { level: 'error', options: { syntax: 'shorthand' } },
        useFilenamingConvention: { level: 'error', options: { filenameCases: ['kebab-case'] } },
        useImportType: 'error',
        useNodejsImportProtocol: 'error',
        useReadonlyClassProperties: 'error',
        useSingleVarDeclarator: 'error',
        useThrowOnlyError: 'error',
      },
      suspicious: { noConsole: 'off', noExplicitAny: 'error', noImportCycles: 'error' },
    },
  },
  overrides: [
    { includes: CONFIGURATION_FILES, linter: { rules: { style: { noDefaultExport: 'off' } } } },
    { includes: TESTS, linter: { rules: { complexity: { noExcessiveLinesPerFunction: 'off' } } } },
  ],
};
