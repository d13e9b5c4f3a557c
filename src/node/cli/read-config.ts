// Reads a configuration file, JSON or YAML, by its path or as a template by its name.
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parse as parseYaml } from 'yaml';
import type { ColumnEdit } from '../../contract/config.ts';
import { ExportError } from '../../contract/errors.ts';

const ENDINGS = ['.json', '.yaml', '.yml'];

async function readText(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (thrown) {
    const { code, message } = thrown as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'EISDIR') return null;
    throw new ExportError('read.open-failed', { name: path, detail: message }, { cause: thrown });
  }
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

function parseText(text: string, path: string): unknown {
  try {
    const plain = text.replace(/^\uFEFF/, '');
    return path.endsWith('.json') ? (JSON.parse(plain) as unknown) : (parseYaml(plain) as unknown);
  } catch (thrown) {
    // The parser's own words may quote the file, which may hold a password: only its first line, and no excerpt.
    const detail = (thrown as Error).message
      .split('\n')[0]!
      .replace(/[,:] ?"?\.\.\.[\s\S]*$|"[\s\S]*"/, '')
      .trim();
    throw new ExportError('config.invalid', { path, detail: `${path} cannot be read: ${detail}` });
  }
}

/**
 * The parsed file at a path that ends with .json, .yaml or .yml; otherwise the template `<name>.json` (or .yaml, .yml) in
 * `templatesFolder`. `data-export` without a file is the empty template, for flags to fill.
 */
export async function readConfigFile(given: string, templatesFolder: string): Promise<unknown> {
  if (ENDINGS.some((ending) => given.endsWith(ending))) {
    const text = await readText(given);
    if (text === null)
      throw new ExportError('read.open-failed', { name: given, detail: 'there is no such file' });
    return parseText(text, given);
  }
  if (!/[/\\]/.test(given))
    for (const ending of ENDINGS) {
      const path = join(templatesFolder, given + ending);
      const text = await readText(path);
      if (text !== null) return parseText(text, path);
    }
  if (given === 'data-export') return { template: 'data-export' };
  if (/^https?:/.test(given) || (await isThere(given)))
    throw new ExportError('config.conflict', {
      detail: `${given} is data, and no configuration that ends with .json or .yaml.`,
      remedy: `Name it as the source: --source ${given}`,
    });
  throw new ExportError('read.open-failed', {
    name: given,
    detail: `it is neither a file that ends with .json or .yaml nor a template in ${templatesFolder}`,
  });
}

/** What a file says of columns: a list as `sources[].columns` holds it, or an object with such a list as `columns`. */
export async function readColumnEdits(path: string): Promise<ColumnEdit[]> {
  const text = await readText(path);
  if (text === null)
    throw new ExportError('read.open-failed', { name: path, detail: 'there is no such file' });
  const found: unknown = parseText(text, path);
  const edits: unknown =
    typeof found === 'object' && found !== null && 'columns' in found ? found.columns : found;
  const isEdit = (edit: unknown): boolean =>
    typeof edit === 'object' && edit !== null && 'column' in edit;
  if (!Array.isArray(edits) || !edits.every(isEdit))
    throw new ExportError('config.invalid', {
      path,
      detail: `${path} holds no list such as [{"column": {"name": "price"}, "type": "float64"}].`,
    });
  // What each of them says is checked with the rest of the configuration.
  return edits as ColumnEdit[];
}
