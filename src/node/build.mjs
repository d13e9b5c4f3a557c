// Builds what the checkout needs to run: `node src/node/build.mjs [--if-stale] [kernels] [node] [page] [library]`.
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
process.chdir(root);

/** What each part needs to exist before it can be built, and the Vite modes that build it, in order. */
const parts = {
  kernels: { needs: 'src/kernels/build.mjs', modes: [] },
  node: { needs: 'src/node/serve.ts', modes: ['node'] },
  page: { needs: 'src/main.tsx', modes: ['production'] },
  library: { needs: 'src/library.ts', modes: ['library'] },
};

const args = process.argv.slice(2);
const ifStale = args.includes('--if-stale');
const asked = args.filter((arg) => arg !== '--if-stale');
const unknown = asked.filter((name) => !(name in parts));
if (unknown.length > 0) {
  console.error(`Unknown part ${unknown.join(', ')}; there are ${Object.keys(parts).join(', ')}.`);
  process.exit(2);
}

for (const [name, { needs, modes }] of Object.entries(parts)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  if (!existsSync(needs)) {
    console.error(`${name}: ${needs} does not exist, nothing to build.`);
    if (asked.length > 0) process.exitCode = 1;
    continue;
  }
  const stamp = join('dist', `.${name}`);
  const inputs =
    name === 'kernels' ? ['src/kernels'] : ['src', 'public', 'index.html', 'vite.config.ts'];
  if (ifStale && isFresh(stamp, [...inputs, 'package-lock.json'])) continue;

  const startedAt = Date.now();
  if (name === 'kernels') {
    await import(pathToFileURL(join(root, needs)).href);
  } else {
    const { build } = await import('vite');
    try {
      for (const mode of modes) await build({ mode, logLevel: 'warn' });
    } catch (error) {
      console.error(`${name}: ${error instanceof Error ? error.message : String(error)}`);
      process.exit(1);
    }
  }
  if (name === 'node') chmodSync('dist/node/export-studio.js', 0o755);
  if (name === 'library') declareTypes();
  mkdirSync('dist', { recursive: true });
  writeFileSync(stamp, '');
  // Inputs that changed while the build ran are newer than what it read.
  utimesSync(stamp, new Date(), new Date(startedAt));
  console.error(`${name}: built in ${((Date.now() - startedAt) / 1000).toFixed(1)} s`);
}

/** Writes the declarations of the library's entries, for hosts that check their types. */
function declareTypes() {
  rmSync('dist/types', { recursive: true, force: true });
  const compiler = 'node_modules/typescript/bin/tsc';
  const { status } = spawnSync(process.execPath, [compiler, '-p', 'src/tsconfig.library.json'], {
    stdio: 'inherit',
  });
  if (status === 0) {
    // Hosts import the one style sheet; the declarations must not ask them for its parts.
    const entry = 'dist/types/library-react.d.ts';
    writeFileSync(entry, readFileSync(entry, 'utf8').replace(/^import '.*\.css';\n/gm, ''));
    return;
  }
  console.error('library: the types could not be written');
  process.exit(1);
}

/**
 * Whether the stamp is younger than every input.
 * @param {string} stamp
 * @param {string[]} inputs
 */
function isFresh(stamp, inputs) {
  if (!existsSync(stamp)) return false;
  const builtAt = statSync(stamp).mtimeMs;
  return inputs.every((input) => !existsSync(input) || newest(input) <= builtAt);
}

/**
 * The latest change below a path, in milliseconds since 1970; tests and documents do not count.
 * @param {string} path
 * @returns {number}
 */
function newest(path) {
  const stat = statSync(path);
  if (!stat.isDirectory()) {
    // Generated kernels are written by the build itself.
    return /\.(test|suite)\.tsx?$|\.md$|\.wasm(\.ts)?$/.test(path) ? 0 : stat.mtimeMs;
  }
  return Math.max(0, ...readdirSync(path).map((entry) => newest(join(path, entry))));
}
