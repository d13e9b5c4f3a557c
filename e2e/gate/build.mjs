// Builds the byte-identity tests' host page and Node worker with the product's own bundler settings.
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const folder = fileURLToPath(new URL('.', import.meta.url));

/**
 * Builds `page/` and `node/` into a folder below dist/gate; about two seconds.
 * @param {string} name of the folder: test processes at the same time need one each
 */
export async function buildGate(name) {
  const out = fileURLToPath(new URL(`../../dist/gate/${name}`, import.meta.url));
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
