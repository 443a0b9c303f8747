import { defineConfig } from 'oxlint';
import { layers, type Ban } from './build/lint/layers.ts';

/** The one file that may put HTML on the page; everything else goes through it. */
const htmlSink = 'renderer/markup/SafeHtml.tsx';

const sinkMessage = `Raw HTML reaches the page through ${htmlSink} only.`;
const sinkProperties = [
  'innerHTML',
  'outerHTML',
  'insertAdjacentHTML',
  'setHTMLUnsafe',
  'createContextualFragment',
];
const rawHtml = [
  ...sinkProperties.map((property) => ({ property, message: sinkMessage })),
  { object: 'document', property: 'write', message: sinkMessage },
  { object: 'document', property: 'writeln', message: sinkMessage },
];

const restricted = (patterns: Ban[]): ['error', { patterns: Ban[] }] => ['error', { patterns }];

export default defineConfig({
  plugins: ['eslint', 'typescript', 'unicorn', 'oxc', 'react', 'import', 'promise', 'vitest'],
  categories: { correctness: 'error' },
  ignorePatterns: ['node_modules', 'dist*', 'out', 'test-results', 'tests/fixtures'],
  rules: {
    eqeqeq: 'error',
    'no-console': 'off',
    'no-var': 'error',
    'prefer-const': 'error',
    'no-throw-literal': 'error',
    'no-empty': ['error', { allowEmptyCatch: false }],
    'no-restricted-properties': ['error', ...rawHtml],
    'react/no-danger': 'error',
    'typescript/no-explicit-any': 'error',
    'typescript/no-non-null-assertion': 'error',
    'typescript/consistent-type-imports': 'error',
    'typescript/no-floating-promises': 'error',
    'typescript/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
    'typescript/await-thenable': 'error',
    'typescript/switch-exhaustiveness-check': [
      'error',
      { considerDefaultExhaustiveForUnions: true, allowDefaultCaseForExhaustiveSwitch: true },
    ],
    'typescript/only-throw-error': 'error',
    'typescript/no-unsafe-assignment': 'error',
    'typescript/no-unsafe-call': 'error',
    'typescript/no-unsafe-member-access': 'error',
    'typescript/no-unsafe-return': 'error',
    'typescript/no-unsafe-argument': 'error',
    'typescript/no-unnecessary-type-assertion': 'error',
    // Objects here are closures, not classes: a method taken off one works as before.
    'typescript/unbound-method': 'off',
    // A refusal is told to whoever waits, through the callbacks they waited with.
    'promise/no-callback-in-promise': 'off',
    'import/no-cycle': 'error',
    'vitest/expect-expect': ['error', { assertFunctionNames: ['expect*', 'assert*', 'fc.assert'] }],
    'vitest/require-to-throw-message': 'off',
    'vitest/no-focused-tests': 'error',
    'vitest/no-disabled-tests': 'error',
  },
  overrides: [
    ...layers.map(({ files, bans }) => ({
      files,
      rules: { 'no-restricted-imports': restricted(bans) },
    })),
    {
      files: ['renderer/**'],
      rules: { 'react/rules-of-hooks': 'error', 'react/exhaustive-deps': 'error' },
    },
    { files: [htmlSink], rules: { 'no-restricted-properties': 'off', 'react/no-danger': 'off' } },
    {
      // Set-up runs before anything is installed, untyped and on an older Node.
      files: ['build/**/*.mjs'],
      rules: {
        'typescript/no-unsafe-assignment': 'off',
        'typescript/no-unsafe-call': 'off',
        'typescript/no-unsafe-member-access': 'off',
        'typescript/no-unsafe-return': 'off',
        'typescript/no-unsafe-argument': 'off',
      },
    },
  ],
});
