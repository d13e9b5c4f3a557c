// Builds the page (default), the command line (`--mode node`) and the embeddable library (`--mode library`), and runs the
// unit tests of both doors.
import { join, relative } from 'node:path';
import react from '@vitejs/plugin-react';
import { playwright } from '@vitest/browser-playwright';
import type { Plugin } from 'vite';
import { defineConfig, type ViteUserConfig } from 'vitest/config';
import { chromiumLaunchOptions } from './e2e/chromium.mjs';

/** Stands in the built page where the server puts the nonce of each response. */
const nonceMark = '__CSP_NONCE__';

/** Writes which modules went into each script, for the check that no engine reaches the page's thread. */
const moduleLists: Plugin = {
  name: 'module-lists',
  apply: 'build',
  generateBundle(_options, bundle) {
    const lists = Object.values(bundle).flatMap((file) =>
      file.type === 'chunk' ? [[file.fileName, file.moduleIds.map(relativeId)] as const] : [],
    );
    this.emitFile({
      type: 'asset',
      fileName: '.vite/modules.json',
      source: JSON.stringify(Object.fromEntries(lists), null, 1),
    });
  },
};

/**
 * SQLite without the workers and files it would bring along: its module starts a worker for a storage we do not use, and
 * asks for its wasm by address, which we hand it.
 */
const plainSqlite: Plugin = {
  name: 'plain-sqlite',
  enforce: 'pre',
  resolveId: (id) =>
    id === '@sqlite.org/sqlite-wasm'
      ? join(
          import.meta.dirname,
          'node_modules/@sqlite.org/sqlite-wasm/sqlite-wasm/jswasm/sqlite3-bundler-friendly.mjs',
        )
      : null,
  transform(code, id) {
    if (!id.endsWith('/sqlite3-bundler-friendly.mjs')) return null;
    return code
      .replaceAll(/new URL\('sqlite3[^']*', import\.meta\.url\)/g, "new URL('about:blank')")
      .replaceAll('new Worker(', 'new NoWorker(');
  },
};

/**
 * Lets each selector of the interface weigh an id more than it says, so that no style sheet of a host's page outranks
 * it; what we have among ourselves stays as it is.
 */
const outrank = {
  postcssPlugin: 'outrank',
  OnceExit(root: { walkRules(visit: (rule: StyleRule) => void): void }) {
    root.walkRules((rule) => {
      const { type, name } = rule.parent ?? {};
      if (type === 'rule' || (name?.endsWith('keyframes') ?? false)) return;
      const file = rule.source?.input.file ?? '';
      if (!/\/src\/(?:ui\/|\w+\/[^/]+\/panel\.module\.css$)/.test(file)) return;
      if (file.endsWith('/page.css')) return;
      rule.selectors = rule.selectors.map((selector) =>
        selector.replace(/^[a-z]?[\w-]*/i, (element) => `${element}:not(#export-studio-outranks)`),
      );
    });
  },
};

interface StyleRule {
  selectors: string[];
  parent?: { type: string; name?: string };
  source?: { input: { file?: string } };
}

const css: ViteUserConfig['css'] = { postcss: { plugins: [outrank] } };

const relativeId = (id: string) => relative(import.meta.dirname, id).replaceAll('\\', '/');

const page: ViteUserConfig = {
  css,
  plugins: [react(), moduleLists, plainSqlite],
  html: { cspNonce: nonceMark },
  worker: { format: 'es', plugins: () => [plainSqlite] },
  build: {
    outDir: 'dist/page',
    emptyOutDir: true,
    manifest: true,
    target: 'es2023',
    // Data URLs would need an opening in the policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { checks: { bundlerTimings: false } },
  },
};

const node: ViteUserConfig = {
  publicDir: false,
  plugins: [plainSqlite],
  ssr: { noExternal: true, target: 'node' },
  build: {
    ssr: true,
    outDir: 'dist/node',
    emptyOutDir: true,
    target: 'node20',
    rolldownOptions: {
      input: {
        'export-studio': 'src/node/cli/main.ts',
        serve: 'src/node/serve.ts',
        'entry.node': 'src/worker/entry.node.ts',
        library: 'src/node/library.ts',
      },
      // One flat folder, so that a worker stands beside whichever chunk asks for it.
      output: {
        entryFileNames: '[name].js',
        chunkFileNames: '[name]-[hash].js',
      },
    },
  },
};

/**
 * What a page that embeds the studio imports, and beside it its worker: one file without siblings, because a host's
 * bundler would lose them. The React entry takes the engine's client from the first, so that there is one of each.
 */
const library: ViteUserConfig = {
  base: './',
  publicDir: false,
  css,
  plugins: [react(), plainSqlite],
  define: { 'process.env.NODE_ENV': '"production"' },
  worker: {
    format: 'es',
    plugins: () => [plainSqlite],
    rolldownOptions: {
      output: { codeSplitting: false, entryFileNames: 'export-studio.worker.js' },
    },
  },
  build: {
    outDir: 'dist/library',
    emptyOutDir: true,
    target: 'es2023',
    cssCodeSplit: false,
    lib: {
      entry: { 'export-studio': 'src/library.ts', react: 'src/library-react.ts' },
      formats: ['es'],
      cssFileName: 'style',
    },
    rolldownOptions: {
      external: /^react(-dom)?($|\/)/,
      output: { chunkFileNames: 'parts/[name]-[hash].js' },
    },
  },
};

const test: ViteUserConfig['test'] = {
  projects: [
    {
      plugins: [plainSqlite],
      test: {
        name: 'node',
        environment: 'node',
        // Processes are started and files of some size written: on a busy machine that takes its time.
        testTimeout: 30_000,
        setupFiles: ['e2e/checks/property-seed.ts'],
        include: ['src/**/*.test.ts', 'e2e/checks/**/*.test.ts'],
        exclude: ['**/*.browser.test.ts'],
      },
    },
    {
      plugins: [react(), plainSqlite],
      css,
      worker: { format: 'es', plugins: () => [plainSqlite] },
      optimizeDeps: {
        include: [
          'comlink',
          'axe-core',
          'idb',
          'yaml',
          'fflate',
          'hash-wasm',
          'papaparse',
          're2js',
          'zod',
          'react',
          'react-dom/client',
          'react/jsx-dev-runtime',
          'zustand',
          '@tanstack/react-query',
          '@tanstack/react-virtual',
        ],
      },
      test: {
        name: 'browser',
        include: ['src/**/*.browser.test.{ts,tsx}'],
        // What a person waits for may come late on a busy machine, where parts of the page are built when asked for.
        testTimeout: 60_000,
        expect: { poll: { timeout: 15_000 } },
        retry: process.env.CI ? 1 : 0,
        browser: {
          enabled: true,
          headless: true,
          screenshotFailures: false,
          provider: playwright({ launchOptions: chromiumLaunchOptions() }),
          instances: [{ browser: 'chromium' }],
        },
      },
    },
  ],
};

export default defineConfig(({ mode }) => {
  if (mode === 'node') return node;
  if (mode === 'library') return library;
  return { ...page, test };
});
