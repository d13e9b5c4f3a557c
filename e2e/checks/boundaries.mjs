// The rules of who may import whom, and the one function that holds a source tree against them.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { cruise } from 'dependency-cruiser';

/** Kinds of plug-ins: folders whose folders know neither each other nor another kind. */
const islands = [
  'sources',
  'transforms',
  'formats',
  'archives',
  'codecs',
  'charsets',
  'deliveries',
];
const anyIsland = `(?:${islands.join('|')})`;

/** Tests look at what they like, and nothing looks at tests. */
const testFiles = String.raw`\.(test|suite)\.tsx?$`;

/** Where each module of the product may live. */
const homes = [
  '(main\\.tsx|library(-react)?\\.ts|vite-env\\.d\\.ts)$',
  `(kernels|table|contract|expression|spill|grouping|${islands.join('|')}|engine|worker|storage|ui|node|decisions)/`,
].map((home) => `^src/${home}`);

/** What lies below each layer: all that it may import besides itself and packages. */
const layers = {
  kernels: [],
  table: ['kernels'],
  contract: ['table', 'kernels'],
  expression: ['contract', 'table', 'kernels'],
  spill: ['contract', 'table', 'kernels'],
  grouping: ['spill', 'contract', 'table', 'kernels'],
  engine: [...islands, 'grouping', 'expression', 'spill', 'contract', 'table', 'kernels'],
  worker: ['engine', ...islands, 'grouping', 'expression', 'spill', 'contract', 'table', 'kernels'],
  storage: ['contract', 'table', 'kernels'],
  node: [
    'worker',
    'storage',
    'engine',
    ...islands,
    'grouping',
    'expression',
    'spill',
    'contract',
    'table',
    'kernels',
  ],
};

/** A package's files, wherever it is installed. */
const packages = (/** @type {string[]} */ ...names) => `node_modules/(?:${names.join('|')})/`;

/**
 * @param {string} name
 * @param {string} comment
 * @param {object} from
 * @param {object} to
 */
const forbid = (name, comment, from, to) => ({
  name,
  comment,
  severity: /** @type {const} */ ('error'),
  from,
  to,
});

/** @type {import('dependency-cruiser').IForbiddenRuleType[]} */
export const rules = [
  forbid('no-cycle', 'No cycles, type imports included.', {}, { circular: true }),
  forbid(
    'no-unresolved',
    'Every import leads somewhere; those of a file’s bytes are for the build to find.',
    {},
    { couldNotResolve: true, pathNot: '\\?url&inline$' },
  ),
  forbid(
    'known-homes',
    'No other top-level folder.',
    { path: '^src/', pathNot: [...homes, '^src/[^/]+\\.test\\.ts$'] },
    {},
  ),
  forbid(
    'no-import-of-tests',
    'Nothing of the product looks at tests.',
    { path: '^src/', pathNot: testFiles },
    { path: testFiles },
  ),
  forbid(
    'no-development-packages',
    'What runs is a dependency, not a development one.',
    { path: '^src/', pathNot: [testFiles, '\\.mjs$'] },
    {
      dependencyTypes: ['npm-dev'],
      dependencyTypesNot: ['type-only'],
      pathNot: 'node_modules/@types/',
    },
  ),
  ...Object.entries(layers).map(([layer, below]) =>
    forbid(
      `layer-${layer}`,
      `${layer}/ imports only what lies below it.`,
      { path: `^src/${layer}/`, pathNot: [testFiles, '\\.mjs$'] },
      { path: '^src/', pathNot: `^src/(?:${[layer, ...below].join('|')})/` },
    ),
  ),
  forbid(
    'low-layers-stand-alone',
    'Kernels and table take no package.',
    { path: '^src/(?:kernels|table)/', pathNot: [testFiles, '\\.mjs$'] },
    { path: 'node_modules/' },
  ),
  forbid(
    'island-kinds',
    'A kind of plug-in imports only its own kind and what lies below.',
    { path: `^src/(${anyIsland})/`, pathNot: testFiles },
    { path: '^src/', pathNot: '^src/(?:$1|grouping|expression|spill|contract|table|kernels)/' },
  ),
  forbid(
    'island-folders',
    'A plug-in does not import its siblings.',
    { path: `^src/(${anyIsland})/([^/]+)/`, pathNot: testFiles },
    { path: '^src/$1/[^/]+/', pathNot: '^src/$1/$2/' },
  ),
  forbid(
    'island-registry',
    'Registries know the plug-ins, never the other way round.',
    { path: `^src/${anyIsland}/[^/]+/`, pathNot: testFiles },
    { path: `^src/${anyIsland}/registry[.a-z]*ts$` },
  ),
  forbid(
    'ui-through-client',
    'The interface reaches the engine only through the client.',
    { path: '^src/ui/', pathNot: testFiles },
    {
      path: '^src/',
      pathNot: [
        '^src/(?:ui|storage|contract|table)/',
        // The client, and what turns a host's records into columns before they get to it.
        '^src/worker/(?:client|rows)\\.ts$',
        `^src/${anyIsland}/[^/]+/panel\\.tsx$`,
      ],
    },
  ),
  forbid(
    'doors-through-client',
    'The browser doors reach the engine only through worker/.',
    { path: '^src/(?:main\\.tsx|library(-react)?\\.ts)$' },
    {
      path: '^src/',
      pathNot: '^src/(?:(?:ui|storage|worker|contract|table)/|library-react\\.ts$)',
    },
  ),
  forbid(
    'panel-by-props',
    'A panel gets everything by props: it imports React and its own options only.',
    { path: `^src/${anyIsland}/([^/]+)/panel\\.tsx$` },
    { pathNot: [packages('react', '@types/react'), `^src/${anyIsland}/$1/`] },
  ),
  forbid(
    'zod-free-page',
    'No schema reaches the page.',
    {
      path: '^src/(?:ui/|storage/|main\\.tsx$|worker/(?:client|rows|spawn\\.browser)\\.ts$)',
      pathNot: testFiles,
    },
    {
      path: ['^src/contract/[^/]+\\.schema\\.ts$', '^src/.*/options\\.ts$'],
      dependencyTypesNot: ['type-only'],
    },
  ),
  forbid(
    'zod-home',
    'zod lives in contract/*.schema.ts and options.ts.',
    { path: '^src/', pathNot: ['^src/contract/[^/]+\\.schema\\.ts$', '/options\\.ts$', testFiles] },
    { path: packages('zod') },
  ),
  forbid(
    'comlink-home',
    'Comlink lives in worker/.',
    { path: '^src/', pathNot: ['^src/worker/', testFiles] },
    { path: packages('comlink') },
  ),
  forbid(
    'idb-home',
    'idb lives in storage/.',
    { path: '^src/', pathNot: ['^src/storage/', testFiles] },
    { path: packages('idb') },
  ),
  forbid(
    'react-home',
    'React and what is built on it live in ui/, panels and the page door.',
    {
      path: '^src/',
      pathNot: ['^src/ui/', '^src/main\\.tsx$', '/panel\\.tsx$', '/panel-lines\\.tsx$', testFiles],
    },
    {
      path: packages(
        'react',
        'react-dom',
        'react-aria-components',
        'react-aria',
        'react-stately',
        '@react-aria/[^/]+',
        '@tanstack/[^/]+',
        'zustand',
        'lucide-react',
        '@types/react',
        '@types/react-dom',
      ),
    },
  ),
  forbid(
    'command-line-home',
    'The parser of the command line lives in node/.',
    { path: '^src/', pathNot: ['^src/node/', testFiles] },
    { path: packages('commander') },
  ),
  forbid(
    'yaml-home',
    'YAML is read and written in node/ and in storage/, where it is loaded when it is asked for.',
    { path: '^src/', pathNot: ['^src/node/', '^src/storage/template-file\\.ts$', testFiles] },
    { path: packages('yaml') },
  ),
  forbid(
    'node-home',
    "Node's modules live in node/, *.node.ts and the deliveries of Node.",
    {
      path: '^src/',
      pathNot: [
        '^src/node/',
        '\\.node\\.ts$',
        '^src/deliveries/(?:path|stdout)/',
        '\\.mjs$',
        testFiles,
      ],
    },
    { dependencyTypes: ['core'] },
  ),
  forbid(
    'node-halves-by-registry',
    'What runs in a browser never imports the Node half of a part.',
    {
      path: '^src/',
      pathNot: ['^src/node/', '\\.node\\.ts$', '^src/deliveries/(?:path|stdout)/', testFiles],
    },
    { path: '\\.node\\.ts$' },
  ),
];

/**
 * Holds the tree's `src` against the rules.
 * @param {string} root folder that holds src
 * @returns {Promise<{moduleCount: number, unseen: string[], violations: {rule: string, from: string, to: string}[]}>}
 *   `unseen`: files on disk that the reader did not look at
 */
export async function findViolations(root) {
  const { output } = await cruise(
    ['src'],
    {
      baseDir: root,
      ruleSet: { forbidden: rules },
      validate: true,
      tsPreCompilationDeps: true,
      combinedDependencies: false,
      doNotFollow: { path: 'node_modules' },
      exclude: { path: '\\.as\\.ts$|\\.css$' },
    },
    // Import paths are written out, so only packages need a search.
    { conditionNames: ['import', 'types', 'default'], exportsFields: ['exports'] },
  );
  if (typeof output === 'string') throw new Error(output);
  const seen = new Set(output.modules.map(({ source }) => source));
  const onDisk = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .map((path) => `src/${path.replaceAll('\\', '/')}`)
    .filter((path) => /\.(tsx?|mjs)$/.test(path) && !/\.as\.ts$/.test(path));
  return {
    moduleCount: onDisk.filter((path) => seen.has(path)).length,
    unseen: onDisk.filter((path) => !seen.has(path)),
    violations: output.summary.violations.map(({ rule, from, to }) => ({
      rule: rule.name,
      from,
      to,
    })),
  };
}
