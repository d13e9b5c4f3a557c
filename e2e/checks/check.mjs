// `npm run check [names]`: everything that is checked without running the product.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { findViolations } from './boundaries.mjs';
import { measureSizes } from './sizes.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
process.chdir(root);

/** @typedef {{ok: boolean, text: string}} Outcome */

/**
 * Runs a tool of the project's own and takes its exit code as the answer.
 * @param {string} tool path below node_modules
 * @param {string[]} args
 * @returns {Outcome}
 */
function run(tool, ...args) {
  const { status, stdout, stderr, error } = spawnSync(
    process.execPath,
    [`node_modules/${tool}`, ...args],
    { encoding: 'utf8', maxBuffer: 1 << 28 },
  );
  return { ok: status === 0, text: `${stdout ?? ''}${stderr ?? ''}${error?.message ?? ''}` };
}

/** @returns {Promise<Outcome>} */
async function boundaries() {
  const { moduleCount, unseen, violations } = await findViolations(root);
  const lines = violations.map(({ rule, from, to }) => `${rule}: ${from} -> ${to}`);
  if (moduleCount === 0) lines.push('No module was looked at.');
  lines.push(...unseen.map((path) => `Not looked at: ${path}`));
  return { ok: lines.length === 0, text: lines.join('\n') || `${moduleCount} modules` };
}

/** @type {Record<string, [name: string, check: () => Outcome | Promise<Outcome>][]>} */
const checks = {
  types: [
    ['engine', 'src/tsconfig.engine.json'],
    ['ui', 'src/tsconfig.ui.json'],
    ['node', 'src/tsconfig.node.json'],
    ['e2e', 'e2e/tsconfig.json'],
  ].map(([name, config = '']) => [
    `types of ${name}`,
    () => run('typescript/bin/tsc', '-p', config, '--pretty', 'false'),
  ]),
  lint: [
    [
      'lint',
      () =>
        run(
          'oxlint/bin/oxlint',
          ...['-c', 'e2e/checks/oxlint.json', '--type-aware', '--disable-nested-config'],
          ...[
            '--deny-warnings',
            '--ignore-pattern',
            '**/*.as.ts',
            '--ignore-pattern',
            '**/*.wasm.ts',
          ],
          ...['src', 'e2e', 'vite.config.ts'],
        ),
    ],
  ],
  format: [
    [
      'format',
      () =>
        run(
          'prettier/bin/prettier.cjs',
          ...['--check', '--log-level', 'warn', '--ignore-unknown'],
          ...['src', 'e2e', '.ci', 'index.html', 'vite.config.ts', 'package.json', 'tsconfig.json'],
          ...['!**/fixtures/**', '!**/*.md'],
        ),
    ],
  ],
  boundaries: [['boundaries', boundaries]],
  unused: [['unused code', () => run('knip/bin/knip.js', '--no-progress')]],
  sizes: [['sizes of the page', measureSizes]],
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in checks));
if (unknown.length > 0) {
  console.error(
    `Unknown check ${unknown.join(', ')}; there are ${Object.keys(checks).join(', ')}.`,
  );
  process.exit(2);
}
if (!existsSync('node_modules')) {
  console.error('Run npm ci first.');
  process.exit(2);
}
// Generated kernels are part of the types, the built page of the sizes.
const builtFirst = spawnSync(process.execPath, ['src/node/build.mjs', '--if-stale'], {
  stdio: 'inherit',
});
let passed = 0;
let failed = 0;
if (builtFirst.status !== 0) {
  failed += 1;
  console.log('FAILED  build');
}
for (const [name, check] of Object.entries(checks)
  .filter(([group]) => asked.length === 0 || asked.includes(group))
  .flatMap(([, list]) => list)) {
  const startedAt = performance.now();
  const { ok, text } = await check();
  if (ok) passed += 1;
  else failed += 1;
  console.log(
    `${ok ? 'ok     ' : 'FAILED '} ${name} (${Math.round(performance.now() - startedAt)} ms)`,
  );
  if (!ok || name.startsWith('sizes')) console.log(text.trimEnd().replace(/^/gm, '        '));
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
