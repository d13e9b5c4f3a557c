// Judges the parts of a workbook by the standard's own schemas (ECMA-376), which are stricter than any reader.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('../../../../shared/corpora/ecma-376/', import.meta.url));
const isCi = process.env['CI'] === 'true';

/** Whether there are no schemas or no xmllint here; in CI that is a failure of the tests. */
export const lacksSchemas =
  !isCi && (!existsSync(FOLDER) || spawnSync('xmllint', ['--version']).error !== undefined);

/** The schema of a part; null for those that have none (drawings of notes). */
function schemaOf(name: string): string | null {
  if (name === '[Content_Types].xml') return 'opc-contentTypes';
  if (name.endsWith('.rels')) return 'opc-relationships';
  if (name.startsWith('xl/charts/')) return 'dml-chart';
  if (name.startsWith('xl/drawings/'))
    return name.endsWith('.vml') ? null : 'dml-spreadsheetDrawing';
  if (name === 'docProps/app.xml') return 'shared-documentPropertiesExtended';
  return name.startsWith('xl/') ? 'sml' : null;
}

/** What the schemas have against these parts, by name and text; empty when they are all valid. */
export function schemaErrors(parts: Iterable<readonly [string, string]>): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'parts-'));
  try {
    const files = new Map<string, string[]>();
    for (const [name, text] of parts) {
      const schema = schemaOf(name);
      if (schema === null) continue;
      const file = join(folder, name.replaceAll('/', '__'));
      // XML's own attribute, which spreadsheets write and the schemas forget.
      writeFileSync(file, text.replaceAll('<t xml:space="preserve">', '<t>'));
      files.set(schema, [...(files.get(schema) ?? []), file]);
    }
    return [...files].flatMap(([schema, names]) => {
      const args = ['--noout', '--nonet', '--schema', join(FOLDER, `${schema}.xsd`), ...names];
      const { error, status, stderr } = spawnSync('xmllint', args, { encoding: 'utf8' });
      if (error !== undefined) throw error;
      if (status === 0) return [];
      const lines = stderr
        .split('\n')
        .filter((line) => line !== '' && !line.endsWith(' validates'));
      return lines.slice(0, 20).map((line) => line.replace(`${folder}/`, ''));
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
