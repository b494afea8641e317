/**
 * Lint rules. Those of `runnable/` keep a run the same every time and the
 * code readable; the import rule is in ARCHITECTURE.md.
 */
import astro from 'eslint-plugin-astro';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

/**
 * Functions that keep the whole order of a long original in one place, and may
 * therefore be longer than a screen. By name; add one only for that reason.
 */
const longOriginals = new Set([
  'process', // AbstractConnectionHandler.process
  'syncPod', // Kubelet.syncPod, kubeGenericRuntimeManager.SyncPod
  'computePodActions',
  'doUpgrade', // UpgradeUtil.doUpgrade
  'connectToServer', // WsWebSocketContainer.connectToServer
]);

/** `max-lines-per-function` with exceptions by name. */
const functionLength = {
  meta: {
    type: 'suggestion',
    schema: [{ type: 'integer' }],
    messages: {
      long: 'Function "{{name}}" has {{lines}} lines of code: {{max}} are allowed',
    },
  },
  create(context) {
    const [max] = context.options;
    const { sourceCode } = context;
    const check = (node) => {
      const owner = node.parent.key ?? node.parent.id ?? node.id;
      const name = owner?.name ?? '(anonymous)';
      if (longOriginals.has(name)) return;
      const { start, end } = node.loc;
      const commented = new Set(
        sourceCode
          .getCommentsInside(node)
          .filter((comment) => startsItsLine(sourceCode, comment))
          .flatMap(({ loc }) => range(loc.start.line, loc.end.line)),
      );
      const lines = range(start.line, end.line).filter(
        (line) =>
          !commented.has(line) && sourceCode.lines[line - 1].trim() !== '',
      ).length;
      if (lines <= max) return;
      context.report({ node, messageId: 'long', data: { name, lines, max } });
    };
    return {
      FunctionDeclaration: check,
      FunctionExpression: check,
      ArrowFunctionExpression: check,
    };
  },
};

const range = (first, last) =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);

const startsItsLine = (sourceCode, { loc }) =>
  sourceCode.lines[loc.start.line - 1].slice(0, loc.start.column).trim() === '';

const unpredictable = [
  ['Date', 'take the time from "sim.now()"'],
  ['performance', 'take the time from "sim.now()"'],
  ['setTimeout', 'wait with "sim.sleep" or "sim.clock.after"'],
  ['clearTimeout', 'stop the timer that "sim.clock.after" returned'],
  ['setInterval', 'use a "Ticker"'],
  ['clearInterval', 'stop the "Ticker"'],
  ['setImmediate', 'start a task with "sim.go"'],
  ['queueMicrotask', 'start a task with "sim.go"'],
  ['requestAnimationFrame', 'the code has no page'],
  ['MessageChannel', 'only "runnable/sim/settle.ts" may post messages'],
  ['crypto', 'take chance from "sim.chance", hashes from the ports'],
  ['fetch', 'the code has no network'],
  ['process', 'the code has no process'],
  ['console', 'use the logger of this part'],
  ['Intl', 'its results depend on the machine'],
  ['WeakRef', 'the moment of collection is not predictable'],
  ['FinalizationRegistry', 'the moment of collection is not predictable'],
  ['structuredClone', 'copy with the "deepCopy" of this part'],
].map(([name, message]) => ({ name, message: `In runnable/, ${message}` }));

const restrictedProperties = [
  ['Math', 'random', 'take chance from "sim.chance"'],
  ['Promise', 'race', 'use "select"'],
  ['Promise', 'any', 'use "select"'],
].map(([object, property, message]) => ({
  object,
  property,
  message: `In runnable/, ${message}`,
}));

const restrictedSyntax = [
  {
    selector:
      'CallExpression[arguments.length>0] > MemberExpression.callee[property.name=/^(sort|toSorted)$/]',
    message:
      'Engines call comparators in different orders: use "sortBy" of runnable/sim/sort-by.ts',
  },
  {
    selector:
      'CallExpression > MemberExpression.callee[property.name=/^(then|catch|finally)$/]',
    message: 'Wait with "await": the recorder follows no callbacks of promises',
  },
  {
    selector: 'MemberExpression[property.name=/^toLocale/]',
    message: 'Its result depends on the machine',
  },
];

export default defineConfig(
  {
    ignores: [
      'dist/',
      '.astro/',
      '.cache/',
      'workbook/',
      'node_modules/',
      'test-results/',
      'playwright-report/',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'prefer-const': 'error',
      'no-var': 'error',
      '@typescript-eslint/no-floating-promises': [
        'error',
        {
          allowForKnownSafeCalls: [
            {
              from: 'package',
              package: 'node:test',
              name: ['test', 'it', 'describe', 'suite'],
            },
          ],
        },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { disallowTypeAnnotations: false },
      ],
      // An async method without await is how a local thing keeps a contract.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true },
      ],
      '@typescript-eslint/restrict-plus-operands': [
        'error',
        { allowNumberAndString: true },
      ],
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidOperator: true },
      ],
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: true },
      ],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_' },
      ],
      // A client of one kind of object names the kind as a type argument.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      '@typescript-eslint/no-dynamic-delete': 'off',
      '@typescript-eslint/unified-signatures': 'off',
    },
  },
  {
    files: ['runnable/**/*.ts'],
    plugins: { teaching: { rules: { 'function-length': functionLength } } },
    rules: {
      'teaching/function-length': ['error', 70],
      'max-depth': ['error', 3],
      'no-restricted-globals': ['error', ...unpredictable],
      'no-restricted-properties': ['error', ...restrictedProperties],
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: '^[^.]',
              message:
                'runnable/ imports no package and nothing of Node: what it needs comes in as a port',
            },
            {
              regex: '(^|/)(src|tests|content)/',
              message: 'runnable/ imports nothing from outside itself',
            },
          ],
        },
      ],
      'no-restricted-syntax': ['error', ...restrictedSyntax],
    },
  },
  {
    // Not recorded: what waits and sorts is made here.
    files: ['runnable/sim/**/*.ts'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    files: ['runnable/sim/settle.ts'],
    rules: {
      'no-restricted-globals': [
        'error',
        ...unpredictable.filter(({ name }) => name !== 'MessageChannel'),
      ],
    },
  },
  {
    files: ['src/trace/**/*.ts', 'src/player/core.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            { regex: '^node:', message: 'This also runs in the browser' },
          ],
        },
      ],
    },
  },
  {
    files: ['tests/**/*.ts'],
    rules: {
      // A test that finds nothing there fails, which is what it is for.
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  ...astro.configs['flat/recommended'],
  {
    files: ['**/*.js', '**/*.mjs'],
    extends: [tseslint.configs.disableTypeChecked],
  },
);
