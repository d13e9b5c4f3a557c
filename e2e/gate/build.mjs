// Builds the byte-identity tests' host page and Node worker with the product's own bundler settings, into dist/gate.
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const folder = fileURLToPath(new URL('.', import.meta.url));
const out = fileURLToPath(new URL('../../dist/gate', import.meta.url));

/** Builds both; a few seconds. */
export async function buildGate() {
  await build({
    configFile: false,
    root: folder,
    logLevel: 'warn',
    worker: { format: 'es' },
    build: {
      outDir: `${out}/page`,
      emptyOutDir: true,
      target: 'es2023',
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
    },
  });
  await build({
    configFile: false,
    root: folder,
    logLevel: 'warn',
    publicDir: false,
    ssr: { noExternal: true, target: 'node' },
    build: {
      ssr: true,
      outDir: `${out}/node`,
      emptyOutDir: true,
      target: 'node20',
      rolldownOptions: {
        input: { 'entry.node': `${folder}entry.node.ts` },
        output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  });
  return out;
}
