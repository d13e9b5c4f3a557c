// Weighs the built page: what a visitor downloads before the first file can be dropped, and what the dialog adds.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** Kilobytes (1,000 bytes) of gzip'd script. */
const budgets = { untilDrop: 100, dialogMore: 130, onDemand: 40 };

/** What a person's own command alone loads: files of templates, other pages, the palette, the receipt of an export and its sending, an address, a folder, the profile of all rows, the output as it is written and read, the editor of a step, of a column or of what an option is made of, the parts of the delivery step, the sizes of every packing, a plug-in's own form. Each is weighed by itself. */
const onDemand = [
  /^node_modules\/yaml\//,
  /^src\/ui\/form\/(?:ColumnFormats|Structured)Editor\.tsx$/,
  /^src\/ui\/(?:templates|history)\/\w+Page\.tsx$/,
  /^src\/ui\/palette\//,
  /^src\/ui\/run\/(?:Receipt|SendingNote)\.tsx$/,
  /^src\/ui\/source\/(?:Address(?:Form|Options|Part)\.tsx|StoredAddress\.tsx|dropped-folder\.ts)$/,
  /^src\/ui\/preview\/(?:Schema(?:Profile|Facts)|Output)\.tsx$/,
  /^src\/\w+\/\w+\/panel\.tsx$/,
  /^src\/ui\/plan\/(?:recipe\/StepEditor|ColumnEditor|MadeColumn|ForecastMatrix|(?:Split|Pack|Proof)Part)\.tsx$/,
];

/** Modules and packages that only workers may carry. */
const engineOnly = [/node_modules\/zod\//, /\.schema\.ts$/, /\/options\.ts$/, /\/encode\.ts$/];

/** @typedef {{file: string, isEntry?: boolean, src?: string, imports?: string[], dynamicImports?: string[]}} Chunk */

/**
 * Compares the page in `dist/page` with the budgets.
 * @returns {{ok: boolean, text: string}}
 */
export function measureSizes(folder = 'dist/page') {
  if (!existsSync(join(folder, '.vite/manifest.json')))
    return { ok: false, text: 'The page is not built.' };
  const manifest = /** @type {Record<string, Chunk>} */ (
    JSON.parse(readFileSync(join(folder, '.vite/manifest.json'), 'utf8'))
  );
  const modules = /** @type {Record<string, string[]>} */ (
    JSON.parse(readFileSync(join(folder, '.vite/modules.json'), 'utf8'))
  );

  const entries = Object.keys(manifest).filter((key) => manifest[key]?.isEntry);
  const first = reach(manifest, entries, ['imports']);
  const asked = Object.keys(manifest).filter((key) => onDemand.some((each) => each.test(key)));
  const more = reach(manifest, entries, ['imports', 'dynamicImports'], asked).filter(
    (file) => !first.includes(file),
  );

  const firstBytes = weigh(folder, first);
  const moreBytes = weigh(folder, more);
  const lines = [
    `${kilobytes(firstBytes)} of ${budgets.untilDrop} kB gzip until the first file can be dropped (${first.length} files)`,
    `${kilobytes(moreBytes)} of ${budgets.dialogMore} kB gzip more for all that the page loads later (${more.length} files)`,
  ];
  const demands = asked.map((key) => {
    const files = reach(manifest, [key], ['imports']);
    return { key, files: files.filter((file) => !first.includes(file) && !more.includes(file)) };
  });
  for (const { key, files } of demands)
    lines.push(
      `${kilobytes(weigh(folder, files))} of ${budgets.onDemand} kB gzip on demand: ${key}`,
    );
  let ok = first.length > 0;
  if (!ok) lines.push('The page has no script.');
  if (
    firstBytes > budgets.untilDrop * 1000 ||
    moreBytes > budgets.dialogMore * 1000 ||
    demands.some(({ files }) => weigh(folder, files) > budgets.onDemand * 1000)
  ) {
    ok = false;
    lines.push('Over budget.');
  }
  for (const file of new Set([...first, ...more, ...demands.flatMap(({ files }) => files)])) {
    for (const module of modules[file] ?? []) {
      if (!engineOnly.some((pattern) => pattern.test(module))) continue;
      ok = false;
      lines.push(`${module} belongs in workers and is in the page's ${file}.`);
    }
  }
  return { ok, text: lines.join('\n') };
}

/**
 * Script files loaded with these manifest entries, following these kinds of imports.
 * @param {Record<string, Chunk>} manifest
 * @param {string[]} keys
 * @param {('imports' | 'dynamicImports')[]} kinds
 * @param {string[]} without entries that are not followed
 */
function reach(manifest, keys, kinds, without = []) {
  const found = new Set(keys);
  for (const key of found) {
    for (const next of kinds.flatMap((kind) => manifest[key]?.[kind] ?? []))
      if (!without.includes(next)) found.add(next);
  }
  const files = [...found].map((key) => manifest[key]?.file ?? '');
  return [...new Set(files)].filter((file) => file.endsWith('.js'));
}

/**
 * @param {string} folder
 * @param {string[]} files
 */
function weigh(folder, files) {
  return files.reduce((sum, file) => sum + gzipSync(readFileSync(join(folder, file))).length, 0);
}

/** @param {number} bytes */
function kilobytes(bytes) {
  return (bytes / 1000).toFixed(1);
}
