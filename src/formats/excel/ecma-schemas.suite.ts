// Judges the parts of a workbook by the standard's own schemas (ECMA-376), which are stricter than any reader.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('../../../../shared/corpora/ecma-376/', import.meta.url));
const isCi = process.env['CI'] === 'true';

/** Whether there are no schemas or no xmllint here; in CI that is a failure of the tests. */
export const lacksSchemas =
  !isCi && (!existsSync(FOLDER) || spawnSync('xmllint', ['--version']).error !== undefined);

const CORE = 'opc-coreProperties';

/** Elements of Dublin Core as core properties use them: its own schemas are to be fetched from an address, and nothing is. */
const DUBLIN_CORE = {
  'dc.xsd': `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="http://purl.org/dc/elements/1.1/">
${['creator', 'description', 'identifier', 'language', 'subject', 'title'].map((name) => `<xs:element name="${name}" type="xs:string"/>`).join('')}</xs:schema>`,
  'xml.xsd': `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="http://www.w3.org/XML/1998/namespace">
<xs:attribute name="lang" type="xs:string"/></xs:schema>`,
  'dcterms.xsd': `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="http://purl.org/dc/terms/" targetNamespace="http://purl.org/dc/terms/">
<xs:simpleType name="W3CDTF"><xs:restriction base="xs:dateTime"/></xs:simpleType>
<xs:element name="created" type="xs:anySimpleType"/><xs:element name="modified" type="xs:anySimpleType"/></xs:schema>`,
};

/** A schema's file; that of core properties with the stand-ins beside it. */
function schemaFile(schema: string, folder: string): string {
  const file = join(FOLDER, `${schema}.xsd`);
  if (schema !== CORE) return file;
  for (const [name, text] of Object.entries(DUBLIN_CORE)) writeFileSync(join(folder, name), text);
  const own = join(folder, `${CORE}.xsd`);
  const text = readFileSync(file, 'utf8')
    .replaceAll(/http:\/\/dublincore\.org\/[^"]*\/(?=dc)/g, '')
    .replace('<xs:import id="xml"', '<xs:import id="xml" schemaLocation="xml.xsd"');
  writeFileSync(own, text);
  return own;
}

/** The schema of a part; null for those that have none (drawings of notes). */
function schemaOf(name: string): string | null {
  if (name === '[Content_Types].xml') return 'opc-contentTypes';
  if (name.endsWith('.rels')) return 'opc-relationships';
  if (name.startsWith('xl/charts/')) return 'dml-chart';
  if (name.startsWith('xl/drawings/'))
    return name.endsWith('.vml') ? null : 'dml-spreadsheetDrawing';
  if (name === 'docProps/app.xml') return 'shared-documentPropertiesExtended';
  if (name === 'docProps/custom.xml') return 'shared-documentPropertiesCustom';
  if (name === 'docProps/core.xml') return CORE;
  return name.startsWith('xl/') ? 'sml' : null;
}

/** What the schemas have against these parts, by name and text; empty when they are all valid. */
export function schemaErrors(parts: Iterable<readonly [string, string]>): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'parts-'));
  try {
    const files = new Map<string, string[]>();
    let count = 0;
    for (const [name, text] of parts) {
      const schema = schemaOf(name);
      if (schema === null) continue;
      const file = join(folder, `${count++}__${name.replaceAll('/', '__')}`);
      // XML's own attribute, which spreadsheets write and the schemas forget.
      writeFileSync(file, text.replaceAll('<t xml:space="preserve">', '<t>'));
      files.set(schema, [...(files.get(schema) ?? []), file]);
    }
    return [...files].flatMap(([schema, names]) => {
      const args = ['--noout', '--nonet', '--schema', schemaFile(schema, folder), ...names];
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
