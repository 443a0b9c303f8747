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
    'typescript/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
    'typescript/no-floating-promises': 'error',
    'typescript/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
    'typescript/await-thenable': 'error',
    'typescript/switch-exhaustiveness-check': [
      'error',
      { considerDefaultExhaustiveForUnions: true, allowDefaultCaseForExhaustiveSwitch: true },
    ],
    // `throw signal.reason` passes on whatever somebody aborted with.
    'typescript/only-throw-error': ['error', { allowThrowingAny: true, allowThrowingUnknown: true }],
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
    // `[...list]` and `{ ...(value && { key: value }) }` say "a copy" where one is meant.
    'unicorn/no-useless-spread': 'off',
    'unicorn/prefer-string-starts-ends-with': 'off',
    'import/no-cycle': 'error',
    'vitest/expect-expect': ['error', { assertFunctionNames: ['expect*', 'assert*', 'fc.assert'] }],
    'vitest/require-to-throw-message': 'off',
    'vitest/no-conditional-tests': 'off',
    // Properties hold under conditions; each such test also asserts without one.
    'vitest/no-conditional-expect': 'off',
    // A refusal is sometimes awaited later than it is expected; floating promises are caught elsewhere.
    'vitest/valid-expect': 'off',
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
      rules: {
        'react/rules-of-hooks': 'error',
        'react/exhaustive-deps': 'error',
        // What comes later from a worker or the backend can only be stored from an effect.
        'react/set-state-in-effect': 'off',
        // Dates are written relative to today when they are drawn.
        'react/purity': 'off',
        // Hooks pass on what a worker failed with, for the error boundary.
        'typescript/only-throw-error': 'off',
      },
    },
    {
      // The types of KaTeX, markdown-it and Trusted Types end in `any`, as do objects without a prototype.
      files: ['shared/markup/**', 'renderer/markup/**'],
      rules: {
        'typescript/no-unsafe-assignment': 'off',
        'typescript/no-unsafe-call': 'off',
        'typescript/no-unsafe-return': 'off',
      },
    },
    { files: [htmlSink], rules: { 'no-restricted-properties': 'off', 'react/no-danger': 'off' } },
    {
      // Set-up runs before anything is installed, untyped; tests look into JSON of any shape.
      files: ['build/**/*.mjs', 'tests/**'],
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
