// Compiles the AssemblyScript kernels into self-contained modules that page, workers and Node all load alike.
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const folder = fileURLToPath(new URL('.', import.meta.url));
const ending = '.as.ts';
const sources = (await readdir(folder)).filter((file) => file.endsWith(ending)).sort();

for (const source of sources) {
  const name = source.slice(0, -ending.length);
  const constant = name.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());
  const binary = `${name}.wasm`;
  const flags = ['--runtime', 'stub', '--enable', 'simd', '-O3', '--noAssert', '--converge'];
  const { error, stderr } = await asc.main([
    source,
    '--outFile',
    binary,
    '--baseDir',
    folder,
    ...flags,
  ]);
  if (error) {
    process.stderr.write(`${stderr.toString()}\n${error.message}\n`);
    process.exit(1);
  }
  const bytes = await readFile(join(folder, binary));
  const module = [
    `// Generated from ${source} by build.mjs; do not edit.`,
    `/** The compiled kernel, base64: inlined so that no door has to fetch it. */`,
    `export const ${constant}Wasm =`,
    `  '${bytes.toString('base64')}';`,
    '',
  ].join('\n');
  await writeFile(join(folder, `${name}.wasm.ts`), module);
  process.stdout.write(`${source}: ${bytes.length} bytes of wasm\n`);
}
